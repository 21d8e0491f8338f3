using Simulator.Ledgers;

namespace Simulator.Checking.Rules;

internal sealed class OneOrderPerKey : Rule
{
    public override string Promise =>
        "A key makes one order, however often it is sent, and one payment belongs to one order.";

    public override void Check(Evidence evidence)
    {
        foreach (var key in evidence.Done(Deeds.Place).GroupBy(placed => (placed.Actor, placed.Key)))
        {
            var orders = key.Select(placed => placed.Id).Distinct().ToList();
            Compare(
                orders.Count == 1,
                FindingKind.Doubled,
                $"{key.Key.Actor}, {key.Key.Key}",
                $"The key was answered with {orders.Count} orders: {string.Join(", ", orders)}."
            );
        }
        foreach (var payment in evidence.Orders.Values.GroupBy(order => order.PaymentReference.Split('.')[0]))
        {
            Compare(
                payment.Count() == 1,
                FindingKind.Doubled,
                payment.Key,
                $"The payment of one key belongs to {payment.Count()} orders: {string.Join(", ", payment.Select(order => order.Id))}."
            );
        }
        foreach (var order in evidence.KeptAnswers.GroupBy(kept => kept.OrderId))
        {
            Compare(
                order.Count() == 1,
                FindingKind.Doubled,
                order.Key,
                $"{order.Count()} keys were answered with it."
            );
        }
    }
}
