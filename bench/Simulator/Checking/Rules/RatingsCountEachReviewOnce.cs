namespace Simulator.Checking.Rules;

internal sealed class RatingsCountEachReviewOnce : Rule
{
    public override string Promise =>
        "A store's rating and a rider's standing are what their published reviews add up to.";

    public override void Check(Evidence evidence)
    {
        var published = evidence.Reviews.Values.Where(review => review.IsPublished).ToList();
        foreach (var (storeId, rating) in evidence.Ratings)
        {
            var own = published.Where(review => review.StoreId == storeId).ToList();
            CompareTallies(
                storeId,
                "food",
                Tally.Of(rating, "Food"),
                Tally.Of([.. own.Select(review => review.Food)])
            );
            CompareTallies(
                storeId,
                "delivery",
                Tally.Of(rating, "Delivery"),
                Tally.Of([.. own.Select(review => review.Delivery)])
            );
        }
        foreach (var (riderId, standing) in evidence.Standings)
        {
            var own = published.Where(review => review.RiderId == riderId).Select(review => review.Delivery);
            CompareTallies(riderId, "rider", Tally.Of(standing, "Scores"), Tally.Of([.. own]));
        }
    }

    private void CompareTallies(Guid subject, string what, Tally counted, Tally published) =>
        Compare(
            counted == published,
            counted.Count > published.Count ? FindingKind.Doubled : FindingKind.Lost,
            subject,
            $"Its {what} scores count {counted.Count} reviews, mean {counted.Average:0.00}; published are {published.Count}, mean {published.Average:0.00}."
        );
}
