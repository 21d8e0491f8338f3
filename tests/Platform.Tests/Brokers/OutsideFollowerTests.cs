using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Brokers;
using Platform.Streams;
using Platform.Testing;
using Platform.TestModules;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Platform.Tests.Brokers;

/// <summary>A service that no module is, and that follows a stream as one that is elsewhere.</summary>
public sealed class OutsideFollowerTests(RabbitMqFixture rabbit) : IDisposable
{
    private const string Report = "report";

    private readonly Guid _ann = Guid.CreateVersion7();
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, string?> _settings = new(StringComparer.Ordinal);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_is_named_is_sent_the_stream_answered_and_shown()
    {
        await using var talk = await StartAsync(isNamed: true);
        await using var broker = OlderBuild.BrokerOf(_settings);
        await SayAsync(talk, 1, 3);
        await using var inbox = await broker.OpenAsync(BrokerAddress.FollowerOf("talk", Report), Token);

        var messages = new List<BrokerMessage>();
        while (messages.Count < 3)
            messages.Add((await inbox.ReceiveAsync(Token)).Message);
        var last = StreamMessages.ReadEvent(messages[^1])!.Event;
        await ReportAsync(broker, new StreamPlace(null, last.Position, last.EventId));

        var answer = (await inbox.ReceiveAsync(Token)).Message;
        StreamMessages.ReadHead(answer)!.Head.ShouldBe(last.Position);
        RelayOf(talk).Followers.ShouldBe([Report]);
        RelayOf(talk).SecondOwner.ShouldBeNull();
        (await PositionAsync(talk)).ShouldBe(last.Position);
    }

    [Fact]
    public async Task What_it_has_not_handled_is_kept_and_sent_again_when_it_asks()
    {
        _settings["Streams:Retention"] = "00:00:00.001";
        await using var talk = await StartAsync(isNamed: true);
        await using var broker = OlderBuild.BrokerOf(_settings);
        await SayAsync(talk, 1, 3);
        await Eventually.HoldsAsync(() => IsRelayedAsync(talk), "everything is relayed");
        var trimmer = talk.Services.GetServices<IHostedService>().OfType<OutboxTrimmer>().Single();

        (await trimmer.TrimAsync(Token)).ShouldBe(0);
        await PurgeAsync();
        await ReportAsync(broker, StreamPlace.Beginning, replay: true);

        await using var inbox = await broker.OpenAsync(BrokerAddress.FollowerOf("talk", Report), Token);
        var sent = StreamMessages.ReadEvent((await inbox.ReceiveAsync(Token)).Message);
        sent!.Previous.Position.ShouldBe(0);
        sent.Event.Type.ShouldBe("talk.word-said.v1");
    }

    [Fact]
    public async Task Who_is_named_no_longer_loses_its_queue_and_its_place()
    {
        await using (var talk = await StartAsync(isNamed: true))
        await using (var broker = OlderBuild.BrokerOf(_settings))
        {
            await SayAsync(talk, 1, 3);
            await ReportAsync(broker, StreamPlace.Beginning);
            await Eventually.HoldsAsync(async () => await IsKnownAsync(talk), "its place is noted");
        }

        await using var alone = await StartAsync(isNamed: false);

        await Eventually.HoldsAsync(
            async () => !await IsKnownAsync(alone) && !await HasQueueAsync(),
            "queue and place are removed"
        );
    }

    public void Dispose() => _folder.Dispose();

    private async Task<ModuleHost> StartAsync(bool isNamed)
    {
        if (!_settings.ContainsKey("Broker:Prefix"))
        {
            foreach (var (key, value) in await rabbit.SettingsAsync())
                _settings[key] = value;
        }
        var settings = new Dictionary<string, string?>(_settings, StringComparer.Ordinal);
        if (isNamed)
            settings[$"Broker:Followers:{Report}:0"] = "talk";
        var talk = await ModuleHost.StartAsync(
            _folder,
            [new TalkModule()],
            settings: settings,
            createTables: true
        );
        // A relay begins at the end of the stream.
        if (isNamed)
            await Eventually.HoldsAsync(
                () => RelayOf(talk).Status.State == SubscriptionState.Running,
                "it is relayed"
            );
        return talk;
    }

    private static Relay RelayOf(ModuleHost talk) =>
        talk.Services.GetRequiredService<RelayRunner>().All.Single();

    private static Task ReportAsync(IBroker broker, StreamPlace place, bool replay = false) =>
        broker.PublishAsync(
            BrokerAddress.ReportsTo("talk"),
            [
                new FollowerReport(Report, place, replay, Guid.CreateVersion7(), 1).ToMessage(
                    Guid.CreateVersion7()
                ),
            ],
            Token
        );

    private async Task SayAsync(ModuleHost talk, int from, int count)
    {
        await using var scope = talk.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TalkDbContext>().SayAsync(_ann, from, count, "word");
    }

    private static Task<bool> IsRelayedAsync(ModuleHost talk) =>
        talk.ReadAsync<TalkDbContext, bool>(async context =>
            await context.Cursors.AnyAsync(row =>
                row.Stream == Relay.CursorName && row.Position == context.Outbox.Max(said => said.Position)
            )
        );

    private static Task<bool> IsKnownAsync(ModuleHost talk) =>
        talk.ReadAsync<TalkDbContext, bool>(context =>
            context.Cursors.AnyAsync(row => row.Stream == RelayLedger.NameOf(Report))
        );

    private static Task<long> PositionAsync(ModuleHost talk) =>
        talk.ReadAsync<TalkDbContext, long>(context =>
            context
                .Cursors.Where(row => row.Stream == RelayLedger.NameOf(Report))
                .Select(row => row.Position)
                .SingleAsync()
        );

    private async Task PurgeAsync()
    {
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueuePurgeAsync(Queue);
    }

    private async Task<bool> HasQueueAsync()
    {
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        try
        {
            await channel.QueueDeclarePassiveAsync(Queue);
            return true;
        }
        catch (OperationInterruptedException missing) when (missing.ShutdownReason?.ReplyCode == 404)
        {
            return false;
        }
    }

    private Task<IConnection> ConnectAsync() =>
        new ConnectionFactory
        {
            Uri = new Uri(_settings["Broker:ConnectionString"]!),
        }.CreateConnectionAsync();

    private string Queue => $"{_settings["Broker:Prefix"]}.talk.{Report}";
}
