using Simulator.Ledgers;

namespace Simulator.Checking.Rules;

internal sealed class SeenTimelinesOnlyGrow : Rule
{
    public override string Promise =>
        "What somebody was shown of an order stayed true: later they saw more, never less or other.";

    public override void Check(Evidence evidence)
    {
        var seen = evidence
            .Ledger.Where(entry => entry is { Deed: Deeds.SeeOrder, Subject: not null })
            .GroupBy(entry => entry.Subject!.Value);
        foreach (var followed in seen)
        {
            IReadOnlyList<string> before = [];
            var stored = evidence
                .Orders.GetValueOrDefault(followed.Key)
                ?.Timeline.Select(step => step.Status)
                .ToList();
            foreach (var shown in followed)
            {
                var now = shown.Timeline ?? [];
                Compare(
                    Begins(now, before),
                    FindingKind.OutOfOrder,
                    followed.Key,
                    $"{shown.Actor} saw {Told(before)}, and later {Told(now)}."
                );
                Compare(
                    Begins(stored ?? [], now),
                    FindingKind.Lost,
                    followed.Key,
                    $"{shown.Actor} saw {Told(now)}, and stored is {Told(stored ?? [])}."
                );
                before = now;
            }
        }
    }

    private static bool Begins(IReadOnlyList<string> whole, IReadOnlyList<string> beginning) =>
        whole.Take(beginning.Count).SequenceEqual(beginning);

    private static string Told(IReadOnlyList<string> timeline) =>
        timeline.Count > 0 ? string.Join(" → ", timeline) : "nothing";
}
