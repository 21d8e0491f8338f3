using Platform.Domain;

namespace Reviews.Domain;

/// <summary>Every refusal of this module, so that a code means one thing wherever it is met.</summary>
internal static class ReviewErrors
{
    public static Error OrderNotFound { get; } =
        Error.NotFound("order_not_found", "You have no delivered order with this id.");

    public static Error AlreadyReviewed { get; } =
        Error.Conflict("already_reviewed", "This order was reviewed before; an order is reviewed once.");

    public static Error ReviewWindowClosed { get; } =
        Error.Refused("review_window_closed", "The time for reviewing this order is over.");

    public static Error TextTooLong { get; } =
        Error.Invalid("text_too_long", $"A text has at most {Review.LongestText} characters.");

    public static Error ReviewNotFound { get; } =
        Error.NotFound("review_not_found", "There is no such review.");

    public static Error NotYourReview { get; } =
        Error.Forbidden("not_your_review", "Only its author may change a review.");

    public static Error NotYourStore { get; } =
        Error.Forbidden("not_your_store", "Only the store that a review speaks of may do this.");

    public static Error EditWindowClosed { get; } =
        Error.Conflict("edit_window_closed", "This review can no longer be edited; it can still be deleted.");

    public static Error ReviewHidden { get; } =
        Error.Conflict("review_hidden", "A hidden review stays as it is until it is restored.");

    public static Error AlreadyHidden { get; } =
        Error.Conflict("already_hidden", "An operator has hidden this review before.");

    public static Error NotHidden { get; } =
        Error.Conflict("not_hidden", "This review is published and nothing about it waits for a ruling.");

    public static Error AlreadyReported { get; } =
        Error.Conflict("already_reported", "You have reported this review before.");

    public static Error AlreadyDisputed { get; } =
        Error.Conflict("already_disputed", "This review was disputed before; a review is disputed once.");

    public static Error NoDisputeDue { get; } =
        Error.Conflict("no_dispute_due", "No dispute about this review has run out.");
}
