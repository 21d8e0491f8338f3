using Host.ControlRoom;
using Platform.Modules;
using Platform.Ops;
using Platform.Streams;

namespace Host.Tests;

/// <summary>The score card says each module's share of all, and does not make up what cannot be had.</summary>
public sealed class ScoreCardTests
{
    [Fact]
    public void Each_module_has_its_share_of_all()
    {
        var scores = Read(
            [
                (
                    Module("Orders", lag: 2, letters: 0),
                    Pace("Orders", requests: 30, failures: 3, commands: 60)
                ),
                (
                    Module("Reviews", lag: 40, letters: 1),
                    Pace("Reviews", requests: 10, failures: 0, commands: 20)
                ),
            ],
            [new("Orders", 900, 50), new("Reviews", 100, 5)]
        );

        var (orders, reviews) = (scores[0], scores[1]);
        (orders.RequestsPercent, orders.CommandsPercent, orders.FailedPercent).ShouldBe((75, 75, 10));
        (orders.Rows, orders.RowsPercent, orders.EventsInLastHour).ShouldBe((900, 90, 50));
        (reviews.RequestsPercent, reviews.Lag, reviews.DeadLetters).ShouldBe((25, 40, 1));
    }

    [Fact]
    public void What_cannot_be_had_is_left_open_and_no_traffic_is_no_share()
    {
        var scores = Read([(Module("Riders", lag: null, letters: null), Pace("Riders", 0, 0, 0))], []);

        var riders = scores.ShouldHaveSingleItem();
        (riders.RequestsPercent, riders.FailedPercent).ShouldBe((0, 0));
        (riders.Rows, riders.RowsPercent, riders.Lag, riders.DeadLetters).ShouldBe((null, null, null, null));
    }

    private static IReadOnlyList<ScoreView> Read(
        IReadOnlyList<(ModuleView, ModulePace)> modules,
        IReadOnlyList<ModuleSizeView> sizes
    ) => ScoreCard.Of(new RoomView(modules, [], [], DateTimeOffset.UnixEpoch), sizes);

    private static ModuleView Module(string name, long? lag, int? letters) =>
        new(
            name,
            ModuleState.Running,
            "Sqlite",
            "Local",
            [],
            null,
            [
                new SubscriptionView(
                    "somebody",
                    SubscriptionState.Running,
                    Position: null,
                    Head: null,
                    lag,
                    OldestUnhandledSeconds: null,
                    letters,
                    LastError: null,
                    LastErrorAt: null
                ),
            ],
            null,
            []
        );

    private static ModulePace Pace(string name, double requests, double failures, double commands) =>
        new(name, [], [], [], requests, failures, commands, 5);
}
