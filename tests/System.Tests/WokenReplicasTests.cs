using System.Tests.Running;

namespace System.Tests;

/// <summary>Processes on one PostgreSQL wake each other: nobody waits for a poll, of which there is one an hour here.</summary>
public sealed class WokenReplicasTests
{
    private static readonly string[] Arguments =
    [
        "--Streams:Poll=01:00:00",
        "--Modules:Riders:SaveLocationsEvery=00:00:00.2",
        "--Modules:Riders:SweepEvery=00:00:00.1",
    ];

    [Fact]
    public async Task What_is_said_or_paused_at_one_process_is_known_at_the_other_without_a_poll()
    {
        using var deployment = await Deployment.OnAsync(Engines.PostgreSql);
        await using var first = await HostProcess.StartAsync(deployment, Arguments);
        await first.IsReadyAsync();
        await using var second = await HostProcess.StartAsync(deployment, Arguments);
        await second.IsReadyAsync();
        var here = await Story.BeginAsync(first);

        // Whichever of the two handles what is said, it is said at the other in one of these.
        foreach (var story in (Story[])[here, here.At(second.Api)])
            await story.ReviewAsync(await story.DeliverOneAsync(), rating: 5);
        await Eventually.HoldsAsync(async () => await here.RatingAsync() is (5, 2), "both are counted");

        (await first.ActAsync("reviews", "pause")).ShouldBe(204);
        await Eventually.HoldsAsync(
            async () => (await ReviewsAtAsync(second)).Code == "module_paused",
            "the other is paused, too"
        );
        (await first.ActAsync("reviews", "resume")).ShouldBe(204);
        await Eventually.HoldsAsync(
            async () => (await ReviewsAtAsync(second)).Status == 200,
            "the other goes on, too"
        );

        Task<Answer> ReviewsAtAsync(HostProcess host) =>
            host.Api.GetAsync($"/api/reviews?storeId={here.StoreId}");
    }
}
