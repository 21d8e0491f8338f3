using Platform.Domain;

namespace Reviews.Domain;

/// <summary>Whether a review can be read, and why not.</summary>
internal enum ReviewStatus
{
    Published,

    /// <summary>An operator took it out of sight, until an operator restores it.</summary>
    HiddenByOperator,

    /// <summary>A dispute keeps it out of sight until a ruling, or until the time for one is over.</summary>
    HiddenByDispute,

    /// <summary>Its author took it back for good.</summary>
    Removed,
}

/// <summary>
/// What a customer says of one delivered order. Only published reviews count; whoever changes one compares
/// <see cref="CountedScores"/> before and after to keep the rating and the standing right.
/// </summary>
internal sealed class Review : IAggregateRoot
{
    public const int LongestText = 1_000;

    private readonly List<Report> _reports = [];

    private Review() { }

    public Guid ReviewId { get; private set; }

    public Guid OrderId { get; private set; }

    public Guid StoreId { get; private set; }

    public Guid RiderId { get; private set; }

    public Guid AuthorId { get; private set; }

    public ReviewStatus Status { get; private set; }

    public int FoodRating { get; private set; }

    public int DeliveryRating { get; private set; }

    /// <summary>As it was written. It leaves this module only through <see cref="PersonalData.Mask"/>.</summary>
    public string Text { get; private set; } = "";

    public DateTimeOffset WrittenAt { get; private set; }

    public DateTimeOffset? EditedAt { get; private set; }

    /// <summary>The last instant at which its author may edit it.</summary>
    public DateTimeOffset EditableUntil { get; private set; }

    public OwnerReply? Reply { get; private set; }

    public Dispute? Dispute { get; private set; }

    /// <summary>When a pending dispute runs out; null when none is pending.</summary>
    public DateTimeOffset? DisputeDeadline { get; private set; }

    public IReadOnlyList<Report> Reports => _reports;

    /// <summary>Reports that no operator has looked at yet.</summary>
    public int OpenReports { get; private set; }

    public bool IsPublished => Status == ReviewStatus.Published;

    public bool IsHidden => Status is ReviewStatus.HiddenByOperator or ReviewStatus.HiddenByDispute;

    public bool IsRemoved => Status == ReviewStatus.Removed;

    /// <summary>What it adds to the store's rating and the rider's standing; null unless it is published.</summary>
    public Scores? CountedScores => IsPublished ? Scores.Of(FoodRating, DeliveryRating).Value : null;

    internal static Review Publish(
        ReviewEligibility order,
        Scores scores,
        string text,
        DateTimeOffset editableUntil,
        DateTimeOffset now
    ) =>
        new()
        {
            ReviewId = Guid.CreateVersion7(now),
            OrderId = order.OrderId,
            StoreId = order.StoreId,
            RiderId = order.RiderId,
            AuthorId = order.CustomerId,
            FoodRating = scores.Food,
            DeliveryRating = scores.Delivery,
            Text = text,
            WrittenAt = now,
            EditableUntil = editableUntil,
        };

    /// <summary>Its author changes scores and text. What is hidden is evidence, and stays as it is.</summary>
    public Result Edit(Scores scores, string text, DateTimeOffset now)
    {
        if (IsRemoved)
        {
            return ReviewErrors.ReviewNotFound;
        }

        if (now > EditableUntil)
        {
            return ReviewErrors.EditWindowClosed;
        }

        if (IsHidden)
        {
            return ReviewErrors.ReviewHidden;
        }

        if (text.Length > LongestText)
        {
            return ReviewErrors.TextTooLong;
        }

        (FoodRating, DeliveryRating, Text, EditedAt) = (scores.Food, scores.Delivery, text, now);
        return Result.Done;
    }

    /// <summary>
    /// Its author takes it back, whenever and in whatever state. The words go; the row stays, since the order
    /// can't be reviewed a second time.
    /// </summary>
    public Result Remove(DateTimeOffset now)
    {
        if (IsRemoved)
        {
            return ReviewErrors.ReviewNotFound;
        }

        EndDispute(DisputeOutcome.Moot, now);
        (Status, Text, Reply, OpenReports) = (ReviewStatus.Removed, "", null, 0);
        return Result.Done;
    }

    /// <summary>The store answers, or changes its one answer.</summary>
    public Result ReplyWith(string text, DateTimeOffset now)
    {
        if (IsRemoved)
        {
            return ReviewErrors.ReviewNotFound;
        }

        if (IsHidden)
        {
            return ReviewErrors.ReviewHidden;
        }

        if (text.Length > LongestText)
        {
            return ReviewErrors.TextTooLong;
        }

        if (Reply is null)
        {
            Reply = OwnerReply.Write(text, now);
        }
        else
        {
            Reply.Edit(text, now);
        }

        return Result.Done;
    }

    /// <summary>Somebody asks an operator to look at it. It stays published until one does.</summary>
    public Result ReportBy(Guid reporterId, ReportReason reason, DateTimeOffset now)
    {
        if (IsRemoved)
        {
            return ReviewErrors.ReviewNotFound;
        }

        if (_reports.Exists(report => report.ReporterId == reporterId))
        {
            return ReviewErrors.AlreadyReported;
        }

        _reports.Add(Report.By(reporterId, reason, now));
        OpenReports++;
        return Result.Done;
    }

    /// <summary>The store disputes it: out of sight at once, for <paramref name="longest"/> at most.</summary>
    public Result DisputeBecause(string reason, TimeSpan longest, DateTimeOffset now)
    {
        if (IsRemoved)
        {
            return ReviewErrors.ReviewNotFound;
        }

        if (Dispute is not null)
        {
            return ReviewErrors.AlreadyDisputed;
        }

        if (IsHidden)
        {
            return ReviewErrors.ReviewHidden;
        }

        Dispute = Dispute.Open(reason, now);
        (Status, DisputeDeadline) = (ReviewStatus.HiddenByDispute, now + longest);
        return Result.Done;
    }

    /// <summary>An operator hides it. If a dispute was pending, the store was right.</summary>
    public Result Hide(DateTimeOffset now)
    {
        if (IsRemoved)
        {
            return ReviewErrors.ReviewNotFound;
        }

        if (Status == ReviewStatus.HiddenByOperator)
        {
            return ReviewErrors.AlreadyHidden;
        }

        EndDispute(DisputeOutcome.Upheld, now);
        (Status, OpenReports) = (ReviewStatus.HiddenByOperator, 0);
        return Result.Done;
    }

    /// <summary>
    /// An operator lets it stand: it is back if it was hidden, a pending dispute is dismissed, and so are the
    /// reports that were open.
    /// </summary>
    public Result Restore(DateTimeOffset now)
    {
        if (IsRemoved)
        {
            return ReviewErrors.ReviewNotFound;
        }

        if (IsPublished && OpenReports == 0)
        {
            return ReviewErrors.NotHidden;
        }

        EndDispute(DisputeOutcome.Dismissed, now);
        (Status, OpenReports) = (ReviewStatus.Published, 0);
        return Result.Done;
    }

    /// <summary>Nobody ruled in time: it is back. Called by the clock, hence harmless when repeated or early.</summary>
    public Result LapseDispute(DateTimeOffset now)
    {
        if (DisputeDeadline is not { } deadline || now < deadline)
        {
            return ReviewErrors.NoDisputeDue;
        }

        EndDispute(DisputeOutcome.Lapsed, now);
        Status = ReviewStatus.Published;
        return Result.Done;
    }

    private void EndDispute(DisputeOutcome outcome, DateTimeOffset now)
    {
        if (Dispute is { IsPending: true } pending)
        {
            pending.End(outcome, now);
            DisputeDeadline = null;
        }
    }
}
