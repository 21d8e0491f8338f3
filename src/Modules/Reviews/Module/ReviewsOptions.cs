namespace Reviews;

/// <summary>The numbers of the module's rules, from the section <c>Modules:Reviews</c>.</summary>
internal sealed class ReviewsOptions
{
    /// <summary>How long after its delivery an order may be reviewed. Applies to orders delivered from now on.</summary>
    public TimeSpan ReviewWindow { get; init; } = TimeSpan.FromDays(25);

    /// <summary>How long after publishing it its author may edit a review.</summary>
    public TimeSpan EditWindow { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long a dispute hides a review at most.</summary>
    public TimeSpan DisputeWindow { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How often disputes that ran out are looked for.</summary>
    public TimeSpan DisputeSweepInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Whether each span is longer than nothing.</summary>
    public bool AreValid =>
        ReviewWindow > TimeSpan.Zero
        && EditWindow >= TimeSpan.Zero
        && DisputeWindow > TimeSpan.Zero
        && DisputeSweepInterval > TimeSpan.Zero;
}
