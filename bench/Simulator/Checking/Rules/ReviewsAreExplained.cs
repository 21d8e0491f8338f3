using Simulator.Ledgers;

namespace Simulator.Checking.Rules;

internal sealed class ReviewsAreExplained : Rule
{
    public override string Promise =>
        "Every review was written by the customer of an order that was delivered, and there is one per order.";

    public override void Check(Evidence evidence)
    {
        var tried = evidence
            .MayBeDone(Deeds.Review)
            .Select(entry => (entry.Subject, entry.Caller))
            .ToHashSet();
        foreach (var ofOrder in evidence.Reviews.Values.GroupBy(review => review.OrderId))
        {
            Compare(
                ofOrder.Count() == 1,
                FindingKind.Doubled,
                ofOrder.Key,
                $"The order has {ofOrder.Count()} reviews."
            );
        }
        foreach (var review in evidence.Reviews.Values)
        {
            Compare(
                tried.Contains((review.OrderId, review.AuthorId)),
                FindingKind.Unexpected,
                review.Id,
                "Nobody wrote it, or whoever tried was refused."
            );
            Compare(
                evidence.Orders.GetValueOrDefault(review.OrderId)?.Status == Statuses.Delivered,
                FindingKind.Unexpected,
                review.Id,
                "Its order was not delivered."
            );
        }
    }
}
