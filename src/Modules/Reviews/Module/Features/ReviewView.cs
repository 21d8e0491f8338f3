using Platform.Http;
using Reviews.Domain;

namespace Reviews.Features;

/// <summary>
/// A review as one reader gets it: personal data masked for everyone, the order's id and what concerns a dispute
/// for those whose business it is.
/// </summary>
internal sealed record ReviewView(
    Guid ReviewId,
    Guid StoreId,
    Guid? OrderId,
    string Status,
    int FoodRating,
    int DeliveryRating,
    string Text,
    DateTimeOffset WrittenAt,
    DateTimeOffset? EditedAt,
    DateTimeOffset? EditableUntil,
    ReplyView? Reply,
    DisputeView? Dispute,
    IReadOnlyList<string>? Reports
)
{
    public static ReviewView For(Caller? reader, Review review)
    {
        var isParty = reader.IsParty(review);
        return new ReviewView(
            review.ReviewId,
            review.StoreId,
            isParty ? review.OrderId : null,
            NameOf(review.Status),
            review.FoodRating,
            review.DeliveryRating,
            PersonalData.Mask(review.Text),
            review.WrittenAt,
            review.EditedAt,
            reader?.Wrote(review) == true ? review.EditableUntil : null,
            ReplyView.Of(review.Reply),
            isParty ? DisputeView.Of(review) : null,
            reader?.Is(Roles.Operator) == true
                ? [.. review.Reports.Select(report => ReportReasons.CodeOf(report.Reason))]
                : null
        );
    }

    private static string NameOf(ReviewStatus status) =>
        status switch
        {
            ReviewStatus.Published => "Published",
            ReviewStatus.Removed => "Removed",
            _ => "Hidden",
        };
}

/// <summary>The store's answer.</summary>
internal sealed record ReplyView(string Text, DateTimeOffset RepliedAt, DateTimeOffset? EditedAt)
{
    public static ReplyView? Of(OwnerReply? reply) =>
        reply is null ? null : new ReplyView(PersonalData.Mask(reply.Text), reply.RepliedAt, reply.EditedAt);
}

/// <summary>The store's dispute: <c>pending</c>, <c>upheld</c>, <c>dismissed</c>, <c>lapsed</c> or <c>moot</c>.</summary>
internal sealed record DisputeView(
    string Outcome,
    string Reason,
    DateTimeOffset OpenedAt,
    DateTimeOffset? HiddenUntil,
    DateTimeOffset? EndedAt
)
{
    public static DisputeView? Of(Review review) =>
        review.Dispute is not { } dispute
            ? null
            : new DisputeView(
                NameOf(dispute.Outcome),
                PersonalData.Mask(dispute.Reason),
                dispute.OpenedAt,
                review.DisputeDeadline,
                dispute.EndedAt
            );

    private static string NameOf(DisputeOutcome outcome) =>
        outcome switch
        {
            DisputeOutcome.Upheld => "upheld",
            DisputeOutcome.Dismissed => "dismissed",
            DisputeOutcome.Lapsed => "lapsed",
            DisputeOutcome.Moot => "moot",
            _ => "pending",
        };
}
