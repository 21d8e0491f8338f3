namespace Platform.Homes;

/// <summary>How far a module is on its way from one home to another.</summary>
internal enum HomeState
{
    /// <summary>It is at home, and nowhere else.</summary>
    Settled,

    /// <summary>It is at home as before, while its next home is made ready and looked at.</summary>
    Preparing,

    /// <summary>It is at its new home; the former one ends what it had begun.</summary>
    Switching,

    /// <summary>Nobody runs it for a moment: its calls are held while its data goes over.</summary>
    HandingOver,
}

/// <summary>
/// Where a module is at home: the one row of its schema that says which process runs it. It lies with the module's
/// data, so that whoever opens the data knows.
/// </summary>
internal sealed record Home
{
    public const int LongestAddress = 500;

    public const int LongestTrouble = 500;

    public const int LongestProgress = 4_000;

    /// <summary>The module's stream name.</summary>
    public required string Stream { get; init; }

    /// <summary>The name of the process, and of each of its replicas: <c>Deployment:Name</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where calls are forwarded to; null when it is where calls come in anyway.</summary>
    public string? Address { get; init; }

    /// <summary>Grows at each switch, and puts homes in an order without anybody's clock.</summary>
    public long Epoch { get; init; } = 1;

    public HomeState State { get; init; }

    /// <summary>Where it is to be at home next; null unless it is being prepared.</summary>
    public string? NextName { get; init; }

    /// <summary>Where calls will be forwarded to there; null when it is where calls come in anyway.</summary>
    public string? NextAddress { get; init; }

    /// <summary>Where it was at home before, until the move is finished: there <c>undo</c> brings it back to.</summary>
    public string? FormerName { get; init; }

    public string? FormerAddress { get; init; }

    /// <summary>
    /// Whether the module's data is in this database; false when it is in one of the next home's own, and this is a copy
    /// that is being made, or what is left behind.
    /// </summary>
    public bool HoldsData { get; init; } = true;

    /// <summary>Whether the move under way, or the last one, takes the data to a database of the other home's own.</summary>
    public bool TakesData { get; init; }

    /// <summary>The command that takes the data along; null when none does. Two of them do not get into each other's way.</summary>
    public Guid? Driver { get; init; }

    /// <summary>Grows as long as that command is alive.</summary>
    public long DriverBeat { get; init; }

    /// <summary>How far the data has come, as a document; for operators.</summary>
    public string? Progress { get; init; }

    /// <summary>What holds a move up, or why the last one was given up; for operators.</summary>
    public string? Trouble { get; init; }

    /// <summary>Since when it has been so, by the clock of who changed it: for people to read, nothing else.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Whether an operator has stopped the module, wherever it is.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Whether the module is at home in the process of this name.</summary>
    public bool IsAt(string name) => Name == name;

    /// <summary>Whether the process of this name may run the module on this database.</summary>
    public bool MayRun(string name) => IsAt(name) && HoldsData && State is not HomeState.HandingOver;

    /// <summary>Whether the process of this name ends what it had begun, and may still write.</summary>
    public bool IsBeingLeft(string name) => State is HomeState.Switching && FormerName == name && !TakesData;

    /// <summary>It is to be at home elsewhere next.</summary>
    public Home PreparedFor(string name, string? address, string? trouble, DateTimeOffset now) =>
        this with
        {
            State = HomeState.Preparing,
            NextName = name,
            NextAddress = address,
            Trouble = trouble,
            Since = now,
        };

    /// <summary>It is at home where it was to be next, and was here before.</summary>
    public Home GoneOver(DateTimeOffset now) =>
        this with
        {
            Name = NextName!,
            Address = NextAddress,
            Epoch = Epoch + 1,
            State = HomeState.Switching,
            NextName = null,
            NextAddress = null,
            FormerName = Name,
            FormerAddress = Address,
            Trouble = null,
            Since = now,
        };

    /// <summary>It is at home where it is, and is to go nowhere.</summary>
    /// <param name="trouble">Why it was to, and is not any more; null when that needs no reason.</param>
    /// <param name="now">Since when.</param>
    public Home Settled(string? trouble, DateTimeOffset now) =>
        this with
        {
            State = HomeState.Settled,
            NextName = null,
            NextAddress = null,
            Trouble = trouble,
            Since = now,
        };

    /// <summary>Its move is over: there is no home to bring it back to.</summary>
    public Home Finished() => this with { FormerName = null, FormerAddress = null, Trouble = null };

    /// <summary>Where it is, in words.</summary>
    public override string ToString() => Address is null ? $"'{Name}'" : $"'{Name}' at {Address}";
}
