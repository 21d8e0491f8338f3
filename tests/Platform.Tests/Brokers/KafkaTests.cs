using Confluent.Kafka;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Brokers;
using Platform.Streams;
using Platform.Testing;

namespace Platform.Tests.Brokers;

/// <summary>
/// The same over Kafka, held against the mock cluster that its client brings along; no Kafka server runs
/// here.
/// </summary>
public sealed class KafkaTests : IDisposable
{
    private readonly IProducer<Null, Null> _cluster;
    private readonly int _port;
    private readonly Dictionary<string, string?> _settings;
    private readonly Guid _ann = Guid.CreateVersion7();

    public KafkaTests()
    {
        var mock = new ProducerConfig { BootstrapServers = "mock" };
        mock.Set("test.mock.num.brokers", "1");
        _cluster = new ProducerBuilder<Null, Null>(mock).SetLogHandler((_, _) => { }).Build();
        using var admin = new DependentAdminClientBuilder(_cluster.Handle).Build();
        var broker = admin.GetMetadata(TimeSpan.FromSeconds(30)).Brokers.Single();
        _port = broker.Port;
        _settings = TwoProcesses.Broker("Kafka", $"{broker.Host}:{_port}");
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

    [Fact]
    public async Task The_trace_survives_the_hop_and_every_retry()
    {
        await using var processes = new TwoProcesses(_settings);
        await processes.StartTalkAsync();
        await processes.StartNotesAsync();

        await Retold.KeepsItsTraceAndItsIdAsync(processes);
    }

    [Fact]
    public async Task A_second_owner_of_a_module_is_told_by_the_publishers_health_in_one_sentence()
    {
        await using var processes = new TwoProcesses(_settings);
        await processes.StartTalkAsync();
        await processes.StartNotesAsync();
        await processes.SayAsync(_ann, 1, 10);
        await processes.AreNotedAsync(_ann, 10);
        (await ToldAsync()).Status.ShouldBe(HealthStatus.Healthy);
        await using var second = new TwoProcesses(_settings);

        await second.StartNotesAsync();

        await Eventually.HoldsAsync(
            async () =>
                (await ToldAsync()).Description
                == "Two processes run the module 'notes': set its placement to Remote or Off in one of them.",
            "the publisher's health tells"
        );

        async Task<HealthReportEntry> ToldAsync() =>
            (
                await processes.Talk!.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()
            ).Entries["Broker"];
    }

    [Fact]
    public async Task A_broker_that_is_not_there_is_told_in_one_sentence_and_found_when_it_comes()
    {
        await using var door = new Door();
        await using var processes = new TwoProcesses(TwoProcesses.Broker("Kafka", $"127.0.0.1:{door.Port}"));

        await processes.StartTalkAsync();
        await processes.StartNotesAsync();
        await processes.SayAsync(_ann, 1, 10);

        await Eventually.HoldsAsync(
            () => processes.Subscription.Status.State is SubscriptionState.SourceUnreachable,
            "it shows"
        );
        processes.Subscription.Status.LastError!.ShouldMatch(
            @"^Broker:ConnectionString: Kafka cannot be reached or does not do its part \([^()]+\)\.$"
        );
        (await processes.HealthAsync()).Entries["Broker"].Status.ShouldBe(HealthStatus.Unhealthy);

        door.OpenTo(_port);

        await processes.AreNotedAsync(_ann, 10);
        await Eventually.HoldsAsync(
            async () => (await processes.HealthAsync()).Entries["Broker"].Status is HealthStatus.Healthy,
            "health tells that it is there"
        );
    }

    /// <summary>The mock cluster knows no passwords, so what the client says of one is taken from here on.</summary>
    [Theory]
    [InlineData(ErrorCode.Local_Authentication)]
    [InlineData(ErrorCode.SaslAuthenticationFailed)]
    [InlineData(ErrorCode.TopicAuthorizationFailed)]
    public void A_wrong_password_is_told_in_one_sentence(ErrorCode code) =>
        KafkaBroker
            .Describe(new KafkaException(new Error(code)))
            .Message.ShouldBe("Broker:ConnectionString: Kafka refuses the user or the password.");

    public void Dispose() => _cluster.Dispose();
}
