namespace Reviews.Domain;

/// <summary>Why somebody thinks that a review should go.</summary>
internal enum ReportReason
{
    Spam,
    Offensive,
    Untrue,
    OffTopic,
    PersonalData,
    Other,
}

/// <summary>One person's report of a review.</summary>
internal sealed class Report
{
    private Report() { }

    public Guid ReporterId { get; private set; }

    public ReportReason Reason { get; private set; }

    public DateTimeOffset ReportedAt { get; private set; }

    public static Report By(Guid reporterId, ReportReason reason, DateTimeOffset now) =>
        new()
        {
            ReporterId = reporterId,
            Reason = reason,
            ReportedAt = now,
        };
}
