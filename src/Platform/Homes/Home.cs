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
}

/// <summary>
/// Where a module is at home: the one row of its schema that says which process runs it. It lies with the module's
/// data, so that whoever opens the data knows.
/// </summary>
internal sealed record Home
{
    public const int LongestAddress = 500;

    public const int LongestTrouble = 500;

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

    /// <summary>What holds a move up, or why the last one was given up; for operators.</summary>
    public string? Trouble { get; init; }

    /// <summary>Since when it has been so, by the clock of who changed it: for people to read, nothing else.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Whether an operator has stopped the module, wherever it is.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Whether the process of this name may run the module.</summary>
    public bool IsAt(string name) => Name == name;

    /// <summary>Whether the process of this name ends what it had begun, and may still write.</summary>
    public bool IsBeingLeft(string name) => State is HomeState.Switching && FormerName == name;

    /// <summary>Where it is, in words.</summary>
    public override string ToString() => Address is null ? $"'{Name}'" : $"'{Name}' at {Address}";
}
