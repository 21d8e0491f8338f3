using System.Net;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Streams;
using Platform.Testing;
using Platform.Tests.Streams;

namespace Platform.Tests.Brokers;

/// <summary>What is lost within a real RabbitMQ is noticed, told and sent again.</summary>
public sealed class RabbitMqLossTests(RabbitMqFixture rabbit)
{
    private readonly Guid _ann = Guid.CreateVersion7();

    [Theory]
    [InlineData("one message of several")]
    [InlineData("the last message")]
    [InlineData("all messages")]
    [InlineData("the queue")]
    public async Task A_loss_on_the_way_is_reported_and_an_operator_has_it_sent_again(string loss)
    {
        var settings = await rabbit.SettingsAsync();
        settings["Broker:ReplayByItself"] = "false";
        await using var processes = new TwoProcesses(settings);
        await processes.StartTalkAsync();
        await processes.StartNotesAsync();
        await processes.SayAsync(_ann, 1, 1);
        await processes.AreNotedAsync(_ann, 1);
        await processes.StopNotesAsync();
        await processes.SayAsync(_ann, 2, 5);
        await RabbitMqQueue.LoseAsync(settings, loss);

        await processes.StartNotesAsync();

        await Eventually.HoldsAsync(
            () => processes.Subscription.Status.State is SubscriptionState.AwaitingReplay,
            "the loss is noticed"
        );
        var overview = await processes.OverviewAsync();
        overview.GetProperty("state").GetString().ShouldBe("AwaitingReplay");
        overview.GetProperty("lastError").GetString()!.ShouldContain("were lost on the way");
        (await processes.HealthAsync()).Entries["Notes"].Status.ShouldBe(HealthStatus.Degraded);
        (await processes.NotesAsync(_ann)).Count.ShouldBeLessThan(6);

        using var asked = await processes
            .Notes!.Operator()
            .PostAsync("/api/ops/modules/notes/streams/talk/replay", null);

        asked.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        using var audit = await processes.Notes!.Operator().GetAsync("/api/ops/audit");
        (await audit.Content.ReadAsStringAsync()).ShouldContain("has 'talk' sent again");
        await processes.AreNotedAsync(_ann, 6);
        await Eventually.HoldsAsync(
            async () => (await processes.HealthAsync()).Entries["Notes"].Status is HealthStatus.Healthy,
            "it is well again"
        );
    }

    [Fact]
    public async Task A_loss_on_the_way_heals_by_itself_unless_it_is_told_not_to()
    {
        var settings = await rabbit.SettingsAsync();
        await using var processes = new TwoProcesses(settings);
        await processes.StartTalkAsync();
        await processes.StartNotesAsync();
        await processes.SayAsync(_ann, 1, 1);
        await processes.AreNotedAsync(_ann, 1);
        await processes.StopNotesAsync();
        await processes.SayAsync(_ann, 2, 5);
        await processes.CoughAsync(_ann, 2_500);
        await processes.SayAsync(_ann, 7, 5);
        await RabbitMqQueue.LoseAsync(settings, "one message of several");

        await processes.StartNotesAsync();

        await processes.AreNotedAsync(_ann, 11);
        await Eventually.HoldsAsync(
            () => processes.Subscription.Status.LastError?.Contains("were lost on the way") is true,
            "it was reported"
        );
    }

    [Fact]
    public async Task A_queue_that_is_deleted_under_the_follower_is_there_again_and_nothing_is_lost()
    {
        var settings = await rabbit.SettingsAsync();
        await using var processes = new TwoProcesses(settings);
        await processes.StartTalkAsync();
        await processes.StartNotesAsync();
        await processes.SayAsync(_ann, 1, 10);
        await processes.AreNotedAsync(_ann, 10);

        await RabbitMqQueue.LoseAsync(settings, "the queue");
        await processes.SayAsync(_ann, 11, 10);

        await processes.AreNotedAsync(_ann, 20);
    }
}
