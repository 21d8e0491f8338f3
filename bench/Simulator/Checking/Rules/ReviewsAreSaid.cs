namespace Simulator.Checking.Rules;

internal sealed class ReviewsAreSaid : Rule
{
    public override string Promise => "Each review's publishing, hiding and removal is said once, in order.";

    public override void Check(Evidence evidence)
    {
        var said = evidence
            .SaidBy("reviews")
            .Where(one => one.Type != Events.StoreRatingChanged)
            .ToLookup(one => one.Key, one => one.Type);
        foreach (var review in evidence.Reviews.Values)
        {
            Compare();
            List<string> expected = [Events.ReviewPublished];
            if (review.WasDisputed)
                expected.Add("reviews.review-hidden.v1");
            if (review.Status == "Removed")
                expected.Add(Events.ReviewRemoved);
            Sequences.Compare(expected, [.. said[review.Id]], (kind, text) => Find(kind, review.Id, text));
        }
        foreach (var stray in said.Where(one => !evidence.Reviews.ContainsKey(one.Key)))
            Find(
                FindingKind.Unexpected,
                stray.Key,
                $"There is no such review, and {stray.First()} was said of it."
            );
    }
}
