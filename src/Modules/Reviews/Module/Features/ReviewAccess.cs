using Platform.Domain;
using Platform.Http;
using Reviews.Domain;

namespace Reviews.Features;

/// <summary>Who may see a review, and who may do what to one they see. A null reader is not signed in.</summary>
internal static class ReviewAccess
{
    /// <summary>Published: everyone. Hidden: its author, its store and operators. Removed: no one.</summary>
    public static bool MaySee(this Caller? reader, Review review) =>
        review.IsPublished || (review.IsHidden && reader.IsParty(review));

    /// <summary>Those whose business it is: its author, its store and operators.</summary>
    public static bool IsParty(this Caller? reader, Review review) =>
        reader is not null
        && (reader.Wrote(review) || reader.RunsStoreOf(review) || reader.Is(Roles.Operator));

    public static bool Wrote(this Caller reader, Review review) =>
        reader.Is(Roles.Customer) && reader.UserId == review.AuthorId;

    /// <summary>Refuses everyone but the author.</summary>
    public static Error? ForItsAuthor(Caller caller, Review review) =>
        caller.Wrote(review) ? null : ReviewErrors.NotYourReview;

    /// <summary>Refuses everyone but the store that the review speaks of.</summary>
    public static Error? ForItsStore(Caller caller, Review review) =>
        caller.RunsStoreOf(review) ? null : ReviewErrors.NotYourStore;

    /// <summary>Refuses no one who sees it; the endpoint has checked the role.</summary>
    public static Error? ForAll(Caller caller, Review review) => null;

    private static bool RunsStoreOf(this Caller reader, Review review) =>
        reader.Is(Roles.Store) && reader.StoreId == review.StoreId;
}
