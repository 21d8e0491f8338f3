using Simulator.Ledgers;

namespace Simulator.Checking.Rules;

internal sealed class AcknowledgedReviewsStand : Rule
{
    public override string Promise =>
        "Every acknowledged review, edit, removal and reply is there as it was last said.";

    public override void Check(Evidence evidence)
    {
        foreach (var told in evidence.Done(Deeds.Review))
        {
            Compare();
            if (
                !evidence.Reviews.TryGetValue(told.Id!.Value, out var review)
                && evidence.Reviews.Values.All(one => one.OrderId != told.Subject)
            )
                Find(
                    FindingKind.Lost,
                    told.Subject!,
                    $"{told.Actor} reviewed it at {told.At:O}, and there is no review."
                );
            else if (review is not null && !Says(review, LastWordOn(evidence, told, review)))
                Find(FindingKind.Lost, review.Id, $"It does not say what {told.Actor} said last.");
        }
        CheckStates(evidence, Deeds.Remove, review => review.Status == "Removed");
        CheckStates(evidence, Deeds.Reply, review => review.HasReply || review.Status == "Removed");
        CheckStates(evidence, Deeds.Dispute, review => review.WasDisputed);
    }

    private void CheckStates(Evidence evidence, string deed, Func<StoredReview, bool> stands)
    {
        foreach (var told in evidence.Done(deed))
        {
            Compare(
                evidence.Reviews.TryGetValue(told.Subject!.Value, out var review) && stands(review),
                FindingKind.Lost,
                told.Subject,
                $"{told.Actor}'s {deed} was acknowledged at {told.At:O}, and is not to be seen."
            );
        }
    }

    /// <summary>The last edit that was acknowledged; an edit of unknown outcome may have come about as well.</summary>
    private static List<Entry> LastWordOn(Evidence evidence, Entry written, StoredReview review)
    {
        var words = new List<Entry> { written };
        foreach (var edit in evidence.MayBeDone(Deeds.Edit).Where(edit => edit.Subject == review.Id))
        {
            if (edit.Outcome == Outcome.Done)
                words.Clear();
            words.Add(edit);
        }
        return words;
    }

    private static bool Says(StoredReview review, List<Entry> words) =>
        words.Exists(word =>
            (int?)word.Asked?["foodRating"] == review.Food
            && (int?)word.Asked?["deliveryRating"] == review.Delivery
        );
}
