namespace Simulator.Checking.Rules;

internal sealed class RatingsReachOrders : Rule
{
    private const double Rounding = 1e-9;

    public override string Promise =>
        "Each change of a store's rating is said once, in order, and Orders shows the last.";

    public override void Check(Evidence evidence)
    {
        var said = evidence.AllOf(Events.StoreRatingChanged).ToLookup(one => one.Key);
        foreach (var (storeId, rating) in evidence.Ratings)
        {
            var revisions = said[storeId]
                .Select(one => $"revision {(long)one.Payload["revision"]!}")
                .ToList();
            Compare();
            Sequences.Compare(
                [
                    .. Enumerable
                        .Range(1, (int)rating.Number("Revision"))
                        .Select(number => $"revision {number}"),
                ],
                revisions,
                (kind, text) => Find(kind, storeId, text)
            );
        }
        foreach (var ofStore in said)
        {
            var last = ofStore.MaxBy(one => (long)one.Payload["revision"]!)!.Payload;
            var shown = evidence.ShownRatings.GetValueOrDefault(ofStore.Key);
            Compare(
                shown is not null
                    && shown.Number("Revision") == (long)last["revision"]!
                    && shown.Number("Count") == (long)last["count"]!
                    && Math.Abs(shown.Fraction("Average") - (double)last["average"]!) < Rounding,
                FindingKind.Lost,
                ofStore.Key,
                $"Reviews last said {last.ToJsonString()}, and Orders shows revision {shown?.Number("Revision")} of {shown?.Number("Count")} reviews."
            );
        }
    }
}
