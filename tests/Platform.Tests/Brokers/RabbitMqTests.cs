using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Streams;
using Platform.Testing;

namespace Platform.Tests.Brokers;

/// <summary>Events cross between processes over a real RabbitMQ, each takes effect once, and none is lost.</summary>
public sealed class RabbitMqTests(RabbitMqFixture rabbit)
{
    private readonly Guid _ann = Guid.CreateVersion7();

    [Fact]
    public async Task What_one_process_says_takes_effect_in_the_other_once_and_in_order()
    {
        await using var processes = await rabbit.StartProcessesAsync();

        for (var number = 1; number <= 300; number += 100)
        {
            await processes.SayAsync(_ann, number, 100);
            await processes.CoughAsync(_ann, 900);
        }

        await processes.AreNotedAsync(_ann, 300);
        (processes.Subscription.Status.LastError ?? "").ShouldNotContain("were lost on the way");
    }

    [Fact]
    public async Task A_follower_that_comes_later_gets_what_was_said_before_there_was_a_relay()
    {
        await using var processes = new TwoProcesses(await rabbit.SettingsAsync());
        await processes.StartTalkAsync();
        await processes.SayAsync(_ann, 1, 300);

        await processes.StartNotesAsync();

        await processes.AreNotedAsync(_ann, 300);
    }

    [Fact]
    public async Task What_is_said_while_the_follower_is_away_waits_for_it()
    {
        await using var processes = await rabbit.StartProcessesAsync();
        await processes.SayAsync(_ann, 1, 10);
        await processes.AreNotedAsync(_ann, 10);
        await processes.StopNotesAsync();

        await processes.SayAsync(_ann, 11, 100);
        await processes.StartNotesAsync();

        await processes.AreNotedAsync(_ann, 110);
        (processes.Subscription.Status.LastError ?? "").ShouldNotContain("were lost on the way");
    }

    [Fact]
    public async Task A_broker_that_is_killed_loses_nothing_and_health_tells()
    {
        RabbitMqFixture.Requires(RabbitMqServer.CanBeStarted);
        await using var server = await RabbitMqServer.StartAsync();
        await using var processes = new TwoProcesses(
            TwoProcesses.Broker("RabbitMq", server.ConnectionString)
        );
        await processes.StartTalkAsync();
        await processes.StartNotesAsync();
        await processes.SayAsync(_ann, 1, 100);

        await server.KillAsync();
        await processes.SayAsync(_ann, 101, 100);
        await Eventually.HoldsAsync(
            async () => (await processes.HealthAsync()).Entries["Broker"].Status is HealthStatus.Unhealthy,
            "health tells"
        );
        await server.RestartAsync();

        await processes.SayAsync(_ann, 201, 100);
        await processes.AreNotedAsync(_ann, 300);
        await Eventually.HoldsAsync(
            async () => (await processes.HealthAsync()).Entries["Broker"].Status is HealthStatus.Healthy,
            "health tells that it is back"
        );
    }

    [Fact]
    public async Task A_broker_that_is_not_there_is_told_in_one_sentence()
    {
        await using var processes = new TwoProcesses(
            TwoProcesses.Broker("RabbitMq", "amqp://guest:guest@127.0.0.1:1")
        );

        await processes.StartNotesAsync();

        await Eventually.HoldsAsync(
            () => processes.Subscription.Status.State is SubscriptionState.SourceUnreachable,
            "it shows"
        );
        processes.Subscription.Status.LastError.ShouldBe(
            "Broker:ConnectionString: RabbitMQ cannot be reached at that address."
        );
    }

    [Fact]
    public async Task A_wrong_password_is_told_in_one_sentence()
    {
        var address = new UriBuilder(await rabbit.ConnectionStringAsync()) { Password = "wrong" };
        await using var processes = new TwoProcesses(TwoProcesses.Broker("RabbitMq", $"{address.Uri}"));

        await processes.StartNotesAsync();

        await Eventually.HoldsAsync(
            () => processes.Subscription.Status.State is SubscriptionState.SourceUnreachable,
            "it shows"
        );
        processes.Subscription.Status.LastError.ShouldBe(
            "Broker:ConnectionString: RabbitMQ refuses the user or the password."
        );
    }

    [Fact]
    public async Task What_was_said_while_the_password_was_wrong_arrives_once_it_is_right()
    {
        RabbitMqFixture.Requires(RabbitMqServer.CanBeStarted);
        await using var server = await RabbitMqServer.StartAsync();
        await server.ChangePasswordAsync("another");
        await using var processes = new TwoProcesses(
            TwoProcesses.Broker("RabbitMq", server.ConnectionString)
        );
        await processes.StartTalkAsync();
        await processes.StartNotesAsync();
        await processes.SayAsync(_ann, 1, 10);
        await Eventually.HoldsAsync(
            async () => (await processes.HealthAsync()).Entries["Broker"].Status is HealthStatus.Unhealthy,
            "health tells"
        );
        processes.Subscription.Status.LastError.ShouldBe(
            "Broker:ConnectionString: RabbitMQ refuses the user or the password."
        );

        await server.ChangePasswordAsync(RabbitMqServer.Password);

        await processes.AreNotedAsync(_ann, 10);
        await Eventually.HoldsAsync(
            async () => (await processes.HealthAsync()).Entries["Broker"].Status is HealthStatus.Healthy,
            "health tells that it is right"
        );
    }

    [Fact]
    public async Task A_second_owner_of_a_module_is_told_apart_from_a_replica()
    {
        var settings = await rabbit.SettingsAsync();
        await using var processes = new TwoProcesses(settings);
        await processes.StartTalkAsync();
        await processes.StartNotesAsync();
        await processes.SayAsync(_ann, 1, 10);
        await processes.AreNotedAsync(_ann, 10);
        await using var second = new TwoProcesses(settings);

        await second.StartNotesAsync();

        await Eventually.HoldsAsync(
            () =>
                second.Subscription.Status.LastError?.Contains("another deployment uses this broker") is true,
            "the second is refused"
        );
        await processes.SayAsync(_ann, 11, 10);
        await processes.AreNotedAsync(_ann, 20);
    }
}
