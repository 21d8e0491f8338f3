using Platform.Testing;
using Simulator.Calls;
using Simulator.Ledgers;
using Simulator.Moving;
using Simulator.People;
using Simulator.Tests.Running;

namespace Simulator.Tests;

/// <summary>
/// The short form of <c>simulator extract</c>: each module leaves two replicas of the web app under traffic,
/// and comes back. No call fails, and nothing is lost, doubled or out of order.
/// </summary>
[Collection(WholeDeployments.Name)]
public sealed class MovingTests
{
    private static readonly Uri Replica = new("http://127.0.0.1:5080");
    private static readonly Uri AnotherReplica = new("http://127.0.0.1:5081");
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_module_moves_out_and_back_under_traffic_and_no_call_fails(bool takesData)
    {
        SkipTestException.ThrowIf(RabbitMqServer.CanBeStarted ? null : RabbitMqServer.Missing);
        SkipTestException.ThrowIf(PostgreSqlServer.Missing);
        using var folder = new DataFolder();
        string[] modules = ["Orders", "Riders", "Reviews"];
        await using var scene = await MovingScene.OpenAsync(
            modules,
            takesData,
            "--Streams:Poll=00:00:00.250",
            "--Broker:ReportInterval=00:00:00.500"
        );
        var story = new StringWriter();
        var plan = new MovingPlan
        {
            Folder = folder.Path,
            Modules = modules,
            Rounds = 1,
            WarmUp = TimeSpan.FromSeconds(5),
            Calm = TimeSpan.FromSeconds(2),
            Traffic = new TrafficPlan
            {
                Run = "short move",
                Seed = 13,
                Rate = 2,
                Customers = 40,
                Stores = 3,
                TimeScale = 0.5,
                AnswerWithin = TimeSpan.FromSeconds(30),
                CloseWithin = TimeSpan.FromMinutes(4),
            },
        };

        var outcome = await new MovingTest(
            plan,
            scene.Spread,
            scene.Databases,
            disasters: [],
            story,
            TimeProvider.System
        ).RunAsync(TestContext.Current.CancellationToken);

        MovingReport.Write(outcome, repeat: "this test", story);
        TestContext.Current.TestOutputHelper?.WriteLine($"{story}");
        outcome.IsClean.ShouldBeTrue($"{story}");
        outcome.Figures.Select(figures => figures.Moves).ShouldBe([2, 2, 2], $"{story}");
        outcome.Figures.ShouldAllBe(figures => figures.During.Calls > 0);
        outcome.Figures.ShouldAllBe(figures => takesData || figures.Held == 0);
        outcome
            .Verdict.Rules.Where(rule => rule.Compared == 0)
            .Select(rule => rule.Name)
            .ShouldBeEmpty($"{story}");
    }

    [Fact]
    public void A_call_that_failed_is_held_against_the_move_unless_what_it_needed_was_down()
    {
        var outage = new Outage(Replica, module: null, Noon);
        outage
            .Explains(Failed(Replica, "/api/orders", Noon.AddSeconds(-2)))
            .ShouldBeFalse("it had ended before");
        outage.Explains(Failed(Replica, "/api/orders", Noon.AddSeconds(-0.5))).ShouldBeTrue();
        outage.Explains(Failed(Replica, "/api/orders", Noon.AddHours(1))).ShouldBeTrue("it is down still");
        outage.Explains(Failed(AnotherReplica, "/api/orders", Noon)).ShouldBeFalse("that one serves");
        outage
            .Explains(Failed(Replica, "/api/orders", Noon, "module_elsewhere"))
            .ShouldBeFalse("nothing that is down makes that right");
        outage.Ends(Noon.AddMinutes(1));
        outage.Explains(Failed(Replica, "/api/orders", Noon.AddMinutes(2))).ShouldBeFalse("it is back");

        var ofModule = new Outage(replica: null, "Riders", Noon);
        ofModule.Explains(Failed(Replica, "/api/deliveries?limit=1", Noon)).ShouldBeTrue();
        ofModule.Explains(Failed(Replica, "/api/reviews", Noon)).ShouldBeFalse("other modules are well");

        Outage.OfTheDatabases(Noon).Explains(Failed(AnotherReplica, "/api/reviews", Noon)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(nameof(Outcome.Unknown), 503, "module_unreachable", true)]
    [InlineData(nameof(Outcome.Unknown), 429, "too_many_requests", true)]
    [InlineData(nameof(Outcome.Unsent), null, "no connection", true)]
    [InlineData(nameof(Outcome.Refused), 401, null, true)]
    [InlineData(nameof(Outcome.Refused), 409, "order_cancelled", false)]
    [InlineData(nameof(Outcome.Unknown), 504, "payment_timed_out", false)]
    [InlineData(nameof(Outcome.Done), 200, null, false)]
    public void A_call_has_failed_when_somebody_who_did_nothing_wrong_was_not_served(
        string outcome,
        int? status,
        string? code,
        bool failed
    ) =>
        (
            Failed(Replica, "/api/orders", Noon, code) with
            {
                Outcome = Enum.Parse<Outcome>(outcome),
                Status = status,
            }
        ).Failed.ShouldBe(failed);

    [Fact]
    public void Calls_under_way_while_a_module_moved_are_compared_with_those_while_nothing_did()
    {
        var move = new MoveRecord(
            "Riders",
            "riders-1",
            CalmFrom: Noon,
            Typed: Noon.AddSeconds(10),
            Began: Noon.AddSeconds(12),
            Ended: Noon.AddSeconds(15)
        );
        List<Timing> calls =
        [
            .. Enumerable.Range(0, 8).Select(second => Took(10, "/api/riders/me", second)),
            Took(700, "/api/riders/me", 11),
            Took(2_000, "/api/riders/me", 11),
            Took(30, "/api/riders/me", 14),
            Took(5, "/api/orders", 13),
            Took(9_000, "/api/riders/me", 16),
        ];

        var figures = MoveFigures.Of("Riders", [move], calls);

        figures.Before.ShouldBe(new Latency(8, 10, 10));
        figures.During.ShouldBe(new Latency(2, 30, 2_000));
        figures.Ratio.ShouldBe(200);
        figures.OthersDuring.ShouldBe(new Latency(1, 5, 5));

        static Timing Took(int milliseconds, string path, double second) =>
            new(
                Noon.AddSeconds(second),
                TimeSpan.FromMilliseconds(milliseconds),
                Replica,
                path,
                Outcome.Done,
                200,
                Code: null
            );
    }

    private static Timing Failed(
        Uri at,
        string path,
        DateTimeOffset began,
        string? code = "connection broken"
    ) => new(began, TimeSpan.FromSeconds(1), at, path, Outcome.Unknown, Status: null, code);
}
