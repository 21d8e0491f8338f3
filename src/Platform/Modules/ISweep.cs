namespace Platform.Modules;

/// <summary>
/// Background work of a module: finds rows whose deadline has passed and acts on each by a command of its own.
/// Deadlines live in the rows, so a restart loses none; the rows' versions let two replicas act on each once.
/// </summary>
public interface ISweep
{
    /// <summary>How long to rest between two sweeps.</summary>
    TimeSpan Interval { get; }

    /// <summary>Acts on what is due now. What it throws is logged, and the next sweep tries again.</summary>
    Task SweepAsync(CancellationToken cancellationToken);
}

/// <summary>Fills a module's database for demonstrations. Runs in Development only, at every start.</summary>
public interface IDemoData
{
    /// <summary>Adds what is missing; must be harmless when all is there.</summary>
    Task SeedAsync(CancellationToken cancellationToken);
}
