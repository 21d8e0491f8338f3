using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Brokers;
using Platform.Streams;
using Platform.Testing;
using Platform.TestModules;
using Platform.Tests.Streams;
using RabbitMQ.Client;

namespace Platform.Tests.Brokers;

/// <summary>What is not of the stream that a module follows never takes effect in it, whatever way it came.</summary>
public sealed class ForeignStreamTests(RabbitMqFixture rabbit)
{
    private readonly Guid _ann = Guid.CreateVersion7();

    [Theory]
    [Trait("Fault", "S1")]
    [InlineData("GoOn", 10)]
    [InlineData("HandleAnew", 10 + 15)]
    public async Task A_publisher_that_was_put_back_stops_its_follower_until_an_operator_decides(
        string choice,
        int notes
    )
    {
        await using var processes = new TwoProcesses(await rabbit.SettingsAsync());
        await processes.StartTalkAsync();
        await processes.StartNotesAsync();
        await processes.SayAsync(_ann, 1, 5);
        await processes.AreNotedAsync(_ann, 5);
        await processes.StopTalkAsync();
        processes.CopyTalk();
        await processes.StartTalkAsync();
        await processes.SayAsync(_ann, 6, 5);
        await processes.AreNotedAsync(_ann, 10);
        await processes.StopTalkAsync();

        processes.PutTalkBack();
        await processes.StartTalkAsync();
        await processes.SayAsync(_ann, 11, 15, "after");

        await processes.IsBrokenAsync("is not the one that was followed");
        await processes.StopNotesAsync();
        await processes.StartNotesAsync();
        await processes.IsBrokenAsync("is not the one that was followed");
        (await processes.NotesAsync(_ann)).Count.ShouldBe(10);

        var operators = processes.Notes!.Operator();
        var sides = await ComparedAsync(operators);
        sides.GetProperty("handled").GetProperty("position").GetInt64().ShouldBe(10);
        sides.GetProperty("common").GetProperty("position").GetInt64().ShouldBe(5);
        sides.GetProperty("head").GetProperty("position").GetInt64().ShouldBe(20);
        using var decided = await operators.PostAsync(
            $"/api/ops/modules/notes/streams/talk/decision?choice={choice}&reason=Restored",
            null
        );

        decided.StatusCode.ShouldBe(HttpStatusCode.OK);
        await Eventually.HoldsAsync(
            async () => (await processes.NotesAsync(_ann)).Count == notes,
            $"{notes} words are noted"
        );
        await processes.SayAsync(_ann, 100, 1, "at last");
        await Eventually.HoldsAsync(
            async () => (await processes.NotesAsync(_ann)).Count == notes + 1,
            "what is said from then on is noted"
        );
        await Eventually.HoldsAsync(
            () => processes.Subscription.Status.State == SubscriptionState.Running,
            "it is well again"
        );
    }

    [Fact]
    [Trait("Fault", "S1")]
    public async Task A_decision_is_refused_while_the_publisher_has_not_answered_since_the_last_one()
    {
        await using var processes = new TwoProcesses(await rabbit.SettingsAsync());
        await processes.StartTalkAsync();
        await processes.StartNotesAsync();
        await processes.SayAsync(_ann, 1, 5);
        await processes.AreNotedAsync(_ann, 5);
        await processes.StopTalkAsync();
        processes.CopyTalk();
        await processes.StartTalkAsync();
        await processes.SayAsync(_ann, 6, 5);
        await processes.AreNotedAsync(_ann, 10);
        await processes.StopTalkAsync();
        processes.PutTalkBack();
        await processes.StartTalkAsync();
        // As many as before, so that what comes of the decision has the position that the last answer was about.
        await processes.SayAsync(_ann, 11, 5, "after");
        await processes.IsBrokenAsync("is not the one that was followed");
        await ComparedAsync(processes.Notes!.Operator());
        await processes.StopTalkAsync();

        (await DecideAsync(processes, "GoOn")).ShouldBe(HttpStatusCode.OK);
        (await DecideAsync(processes, "HandleAnew")).ShouldBe(HttpStatusCode.ServiceUnavailable);

        (await processes.Notes!.PlaceAsync()).Position.ShouldBe(10);
    }

    [Fact]
    [Trait("Fault", "S2")]
    public async Task A_second_deployment_under_the_same_names_is_refused_and_the_first_goes_on()
    {
        var settings = await rabbit.SettingsAsync();
        await using var first = new TwoProcesses(settings);
        await first.StartTalkAsync();
        await first.StartNotesAsync();
        await first.SayAsync(_ann, 1, 10);
        await first.AreNotedAsync(_ann, 10);

        await using var second = new TwoProcesses(settings);
        await second.StartTalkAsync();
        await second.StartNotesAsync();
        await second.SayAsync(_ann, 1, 7);

        await Eventually.HoldsAsync(
            () =>
                second.Subscription.Status.LastError?.Contains("another deployment uses this broker") is true
                && second.Relay.Status.LastError?.Contains("another deployment uses this broker") is true,
            "the second is refused"
        );
        await first.SayAsync(_ann, 11, 10);
        await first.AreNotedAsync(_ann, 20);
        (await second.NotesAsync(_ann)).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Fault", "S2")]
    [Trait("Fault", "S3")]
    public async Task A_message_of_another_stream_or_made_by_hand_is_refused_and_moves_no_cursor()
    {
        var settings = await rabbit.SettingsAsync();
        await using var processes = new TwoProcesses(settings);
        await processes.StartTalkAsync();
        await processes.StartNotesAsync();
        await processes.SayAsync(_ann, 1, 10);
        await processes.AreNotedAsync(_ann, 10);

        await ForgeAsync(settings, Made(11, new StreamPlace(null, 10, null)));
        await ForgeAsync(settings, Made(1_000_000_000_000_000, new StreamPlace(null, 10, null)));
        await ForgeAsync(
            settings,
            Made(11, new StreamPlace(Guid.CreateVersion7(), 10, Guid.CreateVersion7()))
        );
        await processes.SayAsync(_ann, 11, 10);

        await processes.AreNotedAsync(_ann, 20);
        (await processes.NotesAsync(_ann)).ShouldAllBe(note => note.Word == "word");
        (await processes.Notes!.PlaceAsync()).Position.ShouldBe(20);
        processes.Reader.Refusal.ShouldNotBeNull();
    }

    [Fact]
    [Trait("Fault", "S17")]
    [Trait("Fault", "S18")]
    public async Task An_older_copy_of_a_publishers_database_is_refused_where_a_newer_home_has_written_since()
    {
        await using var processes = new TwoProcesses(await rabbit.SettingsAsync());
        await processes.StartTalkAsync();
        await processes.SayAsync(_ann, 1, 5);
        await Eventually.HoldsAsync(
            () => processes.Relay.Status.State == SubscriptionState.Running,
            "it has its names at the broker"
        );
        await processes.StopTalkAsync();
        processes.CopyTalk();
        await processes.StartTalkOnTheCopyAsync();
        await Eventually.HoldsAsync(
            () => processes.Relay.Status.State == SubscriptionState.Running,
            "the newer home has them"
        );
        await processes.StopTalkAsync();

        await processes.StartTalkAsync();

        await Eventually.HoldsAsync(
            () => processes.Relay.Status.LastError?.Contains("is an older copy") is true,
            "the stale copy is refused"
        );
        var health = await processes
            .Talk!.Services.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync();
        health.Entries["Talk"].Status.ShouldBe(HealthStatus.Unhealthy);
    }

    private static async Task<HttpStatusCode> DecideAsync(TwoProcesses processes, string choice)
    {
        using var decided = await processes
            .Notes!.Operator()
            .PostAsync(
                $"/api/ops/modules/notes/streams/talk/decision?choice={choice}&reason=Restored",
                content: null
            );
        return decided.StatusCode;
    }

    /// <summary>Both sides, once the publisher has answered.</summary>
    private static async Task<JsonElement> ComparedAsync(HttpClient operators)
    {
        HttpResponseMessage answer = null!;
        await Eventually.HoldsAsync(
            async () =>
            {
                answer = await operators.GetAsync("/api/ops/modules/notes/streams/talk");
                return answer.IsSuccessStatusCode;
            },
            "the publisher has answered"
        );
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private BrokerMessage Made(long sequence, StreamPlace previous) =>
        new SequencedEvent(
            new StreamEvent(
                sequence,
                Guid.CreateVersion7(),
                WordSaid.Alias,
                _ann,
                JsonSerializer.Serialize(new WordSaid(_ann, 99, "forged"), ModuleHost.Json),
                DateTimeOffset.UnixEpoch,
                null
            ),
            previous
        ).ToMessage();

    private static async Task ForgeAsync(Dictionary<string, string?> settings, BrokerMessage message)
    {
        var factory = new ConnectionFactory { Uri = new Uri(settings["Broker:ConnectionString"]!) };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.BasicPublishAsync(
            "",
            $"{settings["Broker:Prefix"]}.talk.notes",
            mandatory: true,
            new BasicProperties
            {
                Headers = message.Attributes.ToDictionary(
                    attribute => RabbitMqInbox.HeaderPrefix + attribute.Key,
                    object? (attribute) => attribute.Value
                ),
            },
            message.Body
        );
    }
}
