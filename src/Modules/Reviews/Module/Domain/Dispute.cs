namespace Reviews.Domain;

/// <summary>How a dispute stands or how it ended.</summary>
internal enum DisputeOutcome
{
    Pending,

    /// <summary>An operator sided with the store: the review stays hidden.</summary>
    Upheld,

    /// <summary>An operator sided with the author: the review is back.</summary>
    Dismissed,

    /// <summary>Nobody ruled in time: the review is back, since a store must not silence by waiting.</summary>
    Lapsed,

    /// <summary>The author removed the review, so there is nothing left to rule on.</summary>
    Moot,
}

/// <summary>A store's objection to a review. It hides the review while it waits for a ruling.</summary>
internal sealed class Dispute
{
    private Dispute() { }

    public string Reason { get; private set; } = "";

    public DateTimeOffset OpenedAt { get; private set; }

    public DisputeOutcome Outcome { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public bool IsPending => Outcome == DisputeOutcome.Pending;

    public static Dispute Open(string reason, DateTimeOffset now) =>
        new() { Reason = reason, OpenedAt = now };

    public void End(DisputeOutcome outcome, DateTimeOffset now) => (Outcome, EndedAt) = (outcome, now);
}
