namespace Platform.Homes;

/// <summary>
/// A process that could run a module, while a move of it is under way: what it knows and what it still does. It is
/// alive as long as its beat changes, which whoever looks can tell without comparing clocks.
/// </summary>
internal sealed record Presence
{
    public required Guid Id { get; init; }

    /// <summary>The process's name; its replicas share it.</summary>
    public required string Name { get; init; }

    /// <summary>Grows with every look at the home.</summary>
    public long Beat { get; init; }

    /// <summary>The epoch that it goes by.</summary>
    public long Epoch { get; init; }

    public HomeState State { get; init; }

    /// <summary>How many of the module's calls, events and sweeps are under way in it.</summary>
    public int UnderWay { get; init; }

    /// <summary>How many calls it has held during the move.</summary>
    public int Held { get; init; }

    /// <summary>How long it held 99 of 100 of them at the most, in milliseconds.</summary>
    public int HeldFor { get; init; }

    /// <summary>What keeps it from doing its part; null when nothing does.</summary>
    public string? Trouble { get; init; }
}
