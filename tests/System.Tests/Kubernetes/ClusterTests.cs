using System.Tests.Running;

namespace System.Tests.Kubernetes;

/// <summary>What <c>deploy/kubernetes</c> runs, setting by setting, with processes in the place of containers.</summary>
public sealed class ClusterTests
{
    [Fact]
    public async Task The_web_app_waits_for_the_migration_job_and_then_answers_its_probes()
    {
        await using var cluster = await Cluster.OfAsync("monolith");
        var waiting = cluster.BeginToWait("web");
        await Eventually.HoldsAsync(
            () =>
                waiting.Told.Contains(
                    "Identity. The command 'migrate' applies them.",
                    StringComparison.Ordinal
                ),
            "it says what it waits for"
        );
        waiting.Told.ShouldContain("Migrations are missing: Orders, Riders, Reviews");

        await cluster.RunAsync("migrate");
        await waiting.EndsWellAsync();
        await cluster.StartWebAsync();

        await AnOrderIsRatedAsync(cluster.Web);
        cluster.Written().ShouldBeEmpty();
    }

    [Fact]
    public async Task Reviews_runs_in_its_own_pods_goes_to_zero_and_comes_back()
    {
        await using var cluster = await Cluster.OfAsync(
            "reviews-out",
            await RabbitMq.ConnectionStringAsync()
        );
        cluster.PutInFront();
        await Task.WhenAll(cluster.RunAsync("migrate"), cluster.RunAsync("migrate-reviews"));
        await cluster.BeginToWait("reviews").EndsWellAsync();
        await cluster.StartWebAsync();
        var reviews = await cluster.StartAsync("reviews");
        await cluster.Web.IsReadyAsync();
        await reviews.IsReadyAsync();

        var story = await AnOrderIsRatedAsync(cluster.Web);

        await reviews.DisposeAsync();
        var asked = await cluster.Web.Api.GetAsync($"/api/reviews?storeId={story.StoreId}");
        (asked.Status, asked.Code).ShouldBe((503, "module_unreachable"));
        var meanwhile = await story.DeliverOneAsync();
        await using var back = await cluster.StartAsync("reviews");
        await story.ReviewAsync(meanwhile, 2);
        await Eventually.HoldsAsync(async () => await story.RatingAsync() is (3, 2), "it has caught up");
        cluster.Written().ShouldBeEmpty();
    }

    private static async Task<Story> AnOrderIsRatedAsync(HostProcess web)
    {
        var story = await Story.BeginAsync(web);
        await story.ReviewAsync(await story.DeliverOneAsync(), 4);
        await Eventually.HoldsAsync(
            async () => await story.RatingAsync() is (4, 1),
            "the rating reaches Orders"
        );
        return story;
    }
}
