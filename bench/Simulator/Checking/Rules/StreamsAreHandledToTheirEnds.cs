namespace Simulator.Checking.Rules;

internal sealed class StreamsAreHandledToTheirEnds : Rule
{
    public override string Promise =>
        "Every module has passed every event of each stream it follows, no further, and nothing is parked.";

    public override void Check(Evidence evidence)
    {
        foreach (var (module, stream) in evidence.Subscriptions)
        {
            var head = evidence.SaidBy(stream).Select(said => said.Position).DefaultIfEmpty(0).Last();
            var cursor = evidence.Cursors.SingleOrDefault(one =>
                one.Module == module && one.Stream == stream
            );
            Compare(
                cursor is null ? head == 0 : cursor.Position >= head,
                FindingKind.Stuck,
                $"{module} ← {stream}",
                $"It has come to {cursor?.Position ?? 0} of {head}."
            );
            Compare(
                cursor is null || cursor.Position <= head,
                FindingKind.Unexpected,
                $"{module} ← {stream}",
                $"It has passed {cursor?.Position}, and the stream ends at {head}."
            );
        }
        foreach (var (module, letter) in evidence.DeadLetters)
        {
            Find(
                FindingKind.Stuck,
                $"{module} ← {letter.Text("Stream")}",
                $"{letter.Text("Type")} at {letter.Number("Position")} is a dead letter: {letter.Text("Error").Split('\n')[0]}"
            );
        }
    }
}
