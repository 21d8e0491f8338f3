using System.Tests.Running;
using System.Text.Json.Nodes;

namespace System.Tests;

/// <summary>A poison event parks after its retries while the rest of its module goes on.</summary>
public class DeadLetterTests : IAsyncLifetime
{
    private const string Delivered = "orders.order-delivered.v1";

    private readonly string _remote;
    private SpreadDeployment _deployment = null!;
    private Story _story = null!;

    public DeadLetterTests()
        : this(Placement.Named ?? Placement.AllLocal) { }

    private protected DeadLetterTests(string remote) => _remote = remote;

    private HostProcess Host => _deployment.Front;

    private Database Orders { get; set; } = null!;

    private Database Reviews { get; set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _deployment = await SpreadDeployment.OnFilesAsync(
            _remote,
            "--Streams:RetryDelays:0=00:00:00.050",
            "--Streams:RetryDelays:1=00:00:00.050",
            "--Streams:Poll=00:00:00.200"
        );
        (Orders, Reviews) = (
            await _deployment.DatabaseAsync("Orders"),
            await _deployment.DatabaseAsync("Reviews")
        );
        _story = await Story.BeginAsync(Host);
    }

    public async ValueTask DisposeAsync()
    {
        await _deployment.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task It_is_handled_by_a_replay_once_its_cause_is_gone_and_those_behind_it_after_it()
    {
        var poisoned = await _story.PlaceAsync();
        Reviews.Execute(
            $"""
            CREATE TRIGGER poison BEFORE INSERT ON review_eligibility WHEN NEW.OrderId LIKE '{poisoned}'
            BEGIN SELECT RAISE(ABORT, 'poisoned by the test'); END
            """
        );
        await _story.DeliverAsync(poisoned);
        await Eventually.HoldsAsync(async () => (await LettersAsync()).Count == 1, "the poison parks");
        SayAgain(poisoned);
        await Eventually.HoldsAsync(
            async () => (await LettersAsync()).Count == 2,
            "a later one parks behind it"
        );

        var healthy = await _story.DeliverOneAsync();
        await _story.ReviewAsync(healthy, 5);
        (await Host.Api.GetAsync("/health/ready")).ShouldBe(200);

        var letters = (await LettersAsync()).OrderBy(letter => (long)letter["position"]!).ToList();
        letters.ShouldAllBe(letter =>
            (Guid)letter["key"]! == poisoned && (string)letter["type"]! == Delivered
        );
        ((int)letters[0]["attempts"]!).ShouldBe(3);
        ((string)letters[0]["error"]!).ShouldContain("poisoned by the test");
        ((int)letters[1]["attempts"]!).ShouldBe(0);

        Reviews.Execute("DROP TRIGGER poison");
        await AskAsync(letters[0], "replay", 202);
        await Eventually.HoldsAsync(async () => (await LettersAsync()).Count == 0, "both are handled");
        await _story.ReviewAsync(poisoned, 3);
        Reviews.Count("review_eligibility").ShouldBe(2);
    }

    [Fact]
    public async Task One_that_nobody_can_read_stays_parked_through_a_replay_until_it_is_discarded()
    {
        var key = Tokens.NewId();
        Say(key, Delivered, """{"orderId":"nobody"}""");
        await Eventually.HoldsAsync(async () => (await LettersAsync()).Count == 1, "it parks");
        var letter = (await LettersAsync())[0];

        await AskAsync(letter, "replay", 202);
        await Eventually.HoldsAsync(
            async () =>
                (await LettersAsync())[0] is var again
                && !(bool)again["replayRequested"]!
                && (string)again["lastFailedAt"]! != (string)letter["lastFailedAt"]!,
            "the replay fails"
        );

        await AskAsync(letter, "discard", 204);
        (await LettersAsync()).ShouldBeEmpty();
        await AskAsync(letter, "discard", 404);
        var acts = await Acts.OfAsync(Host, "Reviews");
        acts.Count.ShouldBe(2);
        acts[0].ShouldStartWith("discard Reviews gives up");
        acts[1].ShouldStartWith("replay Reviews handles");
        var order = await _story.DeliverOneAsync();
        await _story.ReviewAsync(order, 5);
    }

    private async Task<IReadOnlyList<JsonNode>> LettersAsync() =>
        [
            .. (await Host.Api.GetAsync("/api/ops/dead-letters", Host.Tokens.Operator())).ShouldBe(200).Json[
                "items"
            ]!
                .AsArray()
                .Select(letter => letter!),
        ];

    private async Task AskAsync(JsonNode letter, string what, int status) =>
        (
            await Host.Api.PostAsync(
                $"/api/ops/dead-letters/{(Guid)letter["id"]!}/{what}",
                Host.Tokens.Operator()
            )
        ).ShouldBe(status);

    private void SayAgain(Guid order) =>
        Orders.Execute(
            $"""
            INSERT INTO outbox (EventId, Type, "Key", Payload, OccurredAt)
            SELECT '{Tokens.NewId()}', Type, "Key", Payload, OccurredAt FROM outbox
            WHERE Type = '{Delivered}' AND "Key" LIKE '{order}'
            """
        );

    private void Say(Guid key, string type, string payload) =>
        Orders.Execute(
            $"""
            INSERT INTO outbox (EventId, Type, "Key", Payload, OccurredAt)
            VALUES ('{Tokens.NewId()}', '{type}', '{key}', '{payload}', {TimeProvider.System.GetUtcNow().UtcTicks})
            """
        );
}

/// <summary>The same with every module in a process of its own: where it parks, it is listed, replayed and discarded.</summary>
public sealed class DeadLetterElsewhereTests() : DeadLetterTests("Orders,Riders,Reviews");
