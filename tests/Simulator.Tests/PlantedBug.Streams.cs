using Simulator.Checking;
using Simulator.Checking.Rules;
using Simulator.Tests.Running;

namespace Simulator.Tests;

/// <content>Bugs that show in outboxes and cursors.</content>
internal sealed partial record PlantedBug
{
    private static readonly IReadOnlyList<PlantedBug> Streams =
    [
        new(
            "an event is in the outbox twice",
            FindingKind.Doubled,
            nameof(StreamsAreInOrder),
            day =>
            {
                var position = day.Find("riders", "SELECT MAX(Position) FROM outbox");
                InsertCopy(day, "riders", "outbox", "Position", position, ("Position", 1_000_000));
                return "riders 1000000";
            }
        ),
        new(
            "an event was never handled",
            FindingKind.Stuck,
            nameof(StreamsAreHandledToTheirEnds),
            day =>
            {
                day.Spoil("riders", "UPDATE cursor SET Position = Position - 1 WHERE Stream = 'orders'");
                return "riders ← orders";
            }
        ),
        new(
            "a cursor is beyond its stream",
            FindingKind.Unexpected,
            nameof(StreamsAreHandledToTheirEnds),
            day =>
            {
                day.Spoil("orders", "UPDATE cursor SET Position = Position + 1 WHERE Stream = 'riders'");
                return "orders ← riders";
            }
        ),
    ];
}
