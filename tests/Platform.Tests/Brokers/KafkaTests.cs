using Confluent.Kafka;

namespace Platform.Tests.Brokers;

/// <summary>
/// Issue 4: the same over Kafka, held against the mock cluster that its client brings along; no Kafka server runs
/// here.
/// </summary>
public sealed class KafkaTests : IDisposable
{
    private readonly IProducer<Null, Null> _cluster;
    private readonly Dictionary<string, string?> _settings;
    private readonly Guid _ann = Guid.CreateVersion7();

    public KafkaTests()
    {
        var mock = new ProducerConfig { BootstrapServers = "mock" };
        mock.Set("test.mock.num.brokers", "1");
        _cluster = new ProducerBuilder<Null, Null>(mock).SetLogHandler((_, _) => { }).Build();
        using var admin = new DependentAdminClientBuilder(_cluster.Handle).Build();
        var broker = admin.GetMetadata(TimeSpan.FromSeconds(30)).Brokers.Single();
        _settings = TwoProcesses.Broker("Kafka", $"{broker.Host}:{broker.Port}");
    }

    [Fact]
    public async Task What_one_process_says_takes_effect_in_the_other_once_and_in_order()
    {
        await using var processes = new TwoProcesses(_settings);
        await processes.StartTalkAsync();
        await processes.StartNotesAsync();

        for (var number = 1; number <= 300; number += 100)
        {
            await processes.SayAsync(_ann, number, 100);
            await processes.CoughAsync(_ann, 500);
        }

        await processes.AreNotedAsync(_ann, 300);
    }

    [Fact]
    public async Task A_follower_that_comes_later_gets_what_was_said_before_and_goes_on_after_a_restart()
    {
        await using var processes = new TwoProcesses(_settings);
        await processes.StartTalkAsync();
        await processes.SayAsync(_ann, 1, 100);
        await processes.StartNotesAsync();
        await processes.AreNotedAsync(_ann, 100);
        await processes.StopNotesAsync();
        await processes.SayAsync(_ann, 101, 50);

        await processes.StartNotesAsync();

        await processes.AreNotedAsync(_ann, 150);
    }

    public void Dispose() => _cluster.Dispose();
}
