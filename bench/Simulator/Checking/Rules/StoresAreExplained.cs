using Simulator.Ledgers;

namespace Simulator.Checking.Rules;

internal sealed class StoresAreExplained : Rule
{
    public override string Promise =>
        "Every store that was opened is there, was said once, and every change of it as well.";

    public override void Check(Evidence evidence)
    {
        var stores = evidence.Stores.ToDictionary(row => row.Id("Id"));
        foreach (var told in evidence.Done(Deeds.Register))
        {
            Compare(
                stores.ContainsKey(told.Subject!.Value),
                FindingKind.Lost,
                told.Subject,
                "The store was opened, and is not there."
            );
        }
        var said = evidence
            .SaidBy("orders")
            .Where(one => one.Type.StartsWith("orders.store-", StringComparison.Ordinal))
            .ToLookup(one => one.Key);
        foreach (var (storeId, store) in stores)
        {
            Compare();
            var changes = (int)store.Number("Revision");
            Sequences.Compare(
                ["registered", .. Enumerable.Range(1, changes).Select(number => $"revision {number}")],
                [
                    .. said[storeId]
                        .Select(one =>
                            one.Payload["revision"] is { } revision
                                ? $"revision {(long)revision}"
                                : "registered"
                        ),
                ],
                (kind, text) => Find(kind, storeId, text)
            );
        }
    }
}
