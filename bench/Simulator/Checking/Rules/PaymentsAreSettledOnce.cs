namespace Simulator.Checking.Rules;

internal sealed class PaymentsAreSettledOnce : Rule
{
    private const string FailsTwice = ".fails_two_releases";

    public override string Promise =>
        "A delivered order's money is taken; that of one that came to nothing goes back once, in as many attempts as the gateway needs.";

    public override void Check(Evidence evidence)
    {
        var settlements = evidence
            .Settlements.Where(row => row.Has("OrderId"))
            .ToLookup(row => row.Id("OrderId"));
        foreach (var order in evidence.Orders.Values.Where(order => Statuses.EndsOrder(order.Status)))
        {
            Compare();
            var own = settlements[order.Id].ToList();
            if (order.Payment == "Captured")
            {
                if (own.Count > 0)
                    Find(
                        FindingKind.Unexpected,
                        order.Id,
                        "The store keeps the money, and it is given back as well."
                    );
                if (order.Status is Statuses.Rejected or Statuses.Expired or Statuses.Cancelled)
                    Find(FindingKind.Lost, order.Id, $"It was {order.Status}, and its money is kept.");
            }
            else if (order.Status == Statuses.Delivered)
            {
                Find(
                    FindingKind.Unexpected,
                    order.Id,
                    $"It was delivered, and its payment is {order.Payment}."
                );
            }
            else
            {
                CheckRelease(order, own);
            }
        }
    }

    private void CheckRelease(StoredOrder order, List<Databases.Row> own)
    {
        if (own.Count == 0)
            Find(FindingKind.Lost, order.Id, $"It was {order.Status}, and nothing gives its money back.");
        if (own.Count > 1)
            Find(FindingKind.Doubled, order.Id, $"Its money is given back {own.Count} times.");
        foreach (var settled in own.Where(row => row.Has("SettledAt")))
        {
            var expected = order.PaymentReference.EndsWith(FailsTwice, StringComparison.Ordinal) ? 3 : 1;
            if (settled.Number("Attempts") > expected)
            {
                Find(
                    FindingKind.Doubled,
                    order.Id,
                    $"Its payment was settled in {settled.Number("Attempts")} attempts where {expected} do it."
                );
            }
            if (order.Payment != "Released")
                Find(FindingKind.Lost, order.Id, $"Its money went back, and its payment is {order.Payment}.");
        }
    }
}
