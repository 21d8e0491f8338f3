using System.Globalization;
using System.Text;
using Platform.Brokers;
using Platform.Streams;

namespace Platform.Tests.Brokers;

/// <summary>
/// What the build before streams had identities wrote to a broker, attribute by attribute, and what it understood of
/// what it read there.
/// </summary>
internal static class OlderBuild
{
    public static BrokerMessage Event(StreamEvent happened, long previous) =>
        new(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["specversion"] = "1.0",
                ["id"] = $"{happened.EventId}",
                ["source"] = "/talk",
                ["type"] = happened.Type,
                ["subject"] = $"{happened.Key}",
                ["time"] = happened.OccurredAt.ToString("O", CultureInfo.InvariantCulture),
                ["datacontenttype"] = "application/json",
                ["sequence"] = $"{happened.Position}",
                ["previous"] = $"{previous}",
            },
            Encoding.UTF8.GetBytes(happened.Payload)
        );

    public static BrokerMessage Head(long relayed, long head, long reported) =>
        new(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["specversion"] = "1.0",
                ["id"] = $"{Guid.CreateVersion7()}",
                ["source"] = "/talk",
                ["type"] = "monolith.stream-head.v1",
                ["sequence"] = $"{relayed}",
                ["head"] = $"{head}",
                ["reported"] = $"{reported}",
            },
            default
        );

    public static BrokerMessage Report(long position, bool replay, Guid session) =>
        new(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["specversion"] = "1.0",
                ["id"] = $"{Guid.CreateVersion7()}",
                ["source"] = "/notes",
                ["type"] = "monolith.follower-report.v1",
                ["position"] = $"{position}",
                ["replay"] = replay ? "true" : "false",
                ["session"] = $"{session}",
            },
            default
        );

    public static long Number(BrokerMessage message, string attribute) =>
        long.Parse(message.Find(attribute)!, NumberStyles.None, CultureInfo.InvariantCulture);

    public static IBroker BrokerOf(IReadOnlyDictionary<string, string?> settings) =>
        new RabbitMqBroker(
            new BrokerOptions
            {
                Kind = BrokerKind.RabbitMq,
                ConnectionString = settings["Broker:ConnectionString"]!,
                Prefix = settings["Broker:Prefix"]!,
            }
        );
}

/// <summary>A relay of that build: sends what it is told to, and again what a follower asks for.</summary>
internal sealed class OlderRelay : IAsyncDisposable
{
    private static readonly BrokerAddress Reports = BrokerAddress.ReportsTo("talk");
    private static readonly BrokerAddress Notes = BrokerAddress.FollowerOf("talk", "notes");

    private readonly IBroker _broker;
    private readonly IBrokerInbox _inbox;
    private readonly CancellationTokenSource _closing = new();
    private readonly List<StreamEvent> _sent = [];
    private readonly Lock _lock = new();
    private readonly Task _answering;

    private OlderRelay(IBroker broker, IBrokerInbox inbox, IEnumerable<StreamEvent> sentBefore)
    {
        (_broker, _inbox) = (broker, inbox);
        _sent.AddRange(sentBefore);
        _answering = Task.Run(AnswerAsync);
    }

    public static async Task<OlderRelay> StartAsync(
        IReadOnlyDictionary<string, string?> settings,
        IEnumerable<StreamEvent> sentBefore
    )
    {
        var broker = OlderBuild.BrokerOf(settings);
        await broker.DeclareAsync("talk", ["notes"], CancellationToken.None);
        return new OlderRelay(broker, await broker.OpenAsync(Reports, CancellationToken.None), sentBefore);
    }

    /// <summary>Sends what follows, but for what is lost on the way.</summary>
    public async Task SendAsync(IReadOnlyList<StreamEvent> events, long? lost = null)
    {
        long previous;
        lock (_lock)
            previous = _sent.Count == 0 ? 0 : _sent[^1].Position;
        var messages = Sequence(previous, events)
            .Where(message => OlderBuild.Number(message, "sequence") != lost);
        await _broker.PublishAsync(BrokerAddress.FollowersOf("talk"), [.. messages], CancellationToken.None);
        lock (_lock)
            _sent.AddRange(events);
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _answering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _inbox.DisposeAsync();
        await _broker.DisposeAsync();
        _closing.Dispose();
    }

    private async Task AnswerAsync()
    {
        while (true)
        {
            var report = await _inbox.ReceiveAsync(_closing.Token);
            var position = OlderBuild.Number(report.Message, "position");
            List<StreamEvent> missed;
            long head;
            lock (_lock)
            {
                head = _sent.Count == 0 ? 0 : _sent[^1].Position;
                missed =
                    report.Message.Find("replay") == "true"
                        ? _sent.FindAll(happened => happened.Position > position)
                        : [];
            }
            await _broker.PublishAsync(
                Notes,
                [.. Sequence(position, missed), OlderBuild.Head(head, head, position)],
                _closing.Token
            );
            await _inbox.AcknowledgeAsync(report, _closing.Token);
        }
    }

    private static IEnumerable<BrokerMessage> Sequence(long previous, IReadOnlyList<StreamEvent> events)
    {
        foreach (var happened in events)
        {
            yield return OlderBuild.Event(happened, previous);
            previous = happened.Position;
        }
    }
}

/// <summary>A follower of that build: takes an unbroken run, reports, and asks for what is missing.</summary>
internal sealed class OlderFollower : IAsyncDisposable
{
    private readonly IBroker _broker;
    private readonly IBrokerInbox _inbox;
    private readonly CancellationTokenSource _closing = new();
    private readonly Guid _session = Guid.CreateVersion7();
    private readonly List<long> _handled = [];
    private readonly Lock _lock = new();
    private readonly Task _working;
    private long _tail;
    private long _missing;

    private OlderFollower(IBroker broker, IBrokerInbox inbox, long position)
    {
        (_broker, _inbox, _tail) = (broker, inbox, position);
        _working = Task.WhenAll(Task.Run(ReceiveAsync), Task.Run(ReportAsync));
    }

    /// <summary>The positions of what it handled, in turn.</summary>
    public IReadOnlyList<long> Handled
    {
        get
        {
            lock (_lock)
                return [.. _handled];
        }
    }

    public static async Task<OlderFollower> StartAsync(
        IReadOnlyDictionary<string, string?> settings,
        long position
    )
    {
        var broker = OlderBuild.BrokerOf(settings);
        await broker.DeclareAsync("talk", ["notes"], CancellationToken.None);
        var inbox = await broker.OpenAsync(BrokerAddress.FollowerOf("talk", "notes"), CancellationToken.None);
        return new OlderFollower(broker, inbox, position);
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _inbox.DisposeAsync();
        await _broker.DisposeAsync();
        _closing.Dispose();
    }

    private async Task ReceiveAsync()
    {
        while (true)
        {
            var delivery = await _inbox.ReceiveAsync(_closing.Token);
            lock (_lock)
                Take(delivery.Message);
            await _inbox.AcknowledgeAsync(delivery, _closing.Token);
        }
    }

    private void Take(BrokerMessage message)
    {
        var sequence = OlderBuild.Number(message, "sequence");
        if (message.Find("type") == "monolith.stream-head.v1")
        {
            if (sequence > _tail)
                _missing = sequence;
            return;
        }
        var previous = OlderBuild.Number(message, "previous");
        if (sequence > _tail && previous <= _tail)
        {
            _tail = sequence;
            _handled.Add(sequence);
        }
        else if (previous > _tail)
            _missing = previous;
    }

    private async Task ReportAsync()
    {
        using var due = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        long? tailWhenAsked = null;
        do
        {
            long tail;
            bool asks;
            lock (_lock)
                (tail, asks) = (_tail, _missing > _tail && tailWhenAsked != _tail);
            tailWhenAsked = asks ? tail : null;
            await _broker.PublishAsync(
                BrokerAddress.ReportsTo("talk"),
                [OlderBuild.Report(tail, asks, _session)],
                _closing.Token
            );
        } while (await due.WaitForNextTickAsync(_closing.Token));
    }
}
