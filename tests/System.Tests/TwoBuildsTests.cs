using System.Tests.Running;

namespace System.Tests;

/// <summary>
/// A build that says an event runs beside one that does not know it. Nobody has to do anything: what the older one cannot
/// handle holds up nothing, and a newer one takes it up.
/// </summary>
public sealed class TwoBuildsTests
{
    private const string Delivered = "orders.order-delivered.v1";

    [Fact]
    public async Task What_an_older_process_of_a_module_does_not_know_is_taken_up_by_the_one_that_takes_its_place()
    {
        using var older = OlderBuild.Without(Delivered, "Orders.Contracts");
        await using var deployment = await SpreadDeployment.OnFilesAsync("Reviews");
        await deployment.ProcessOf("Reviews").TerminateAsync();
        await deployment.StartAsync("Reviews", older.Assembly);
        await deployment.IsReadyAsync();
        var story = await Story.BeginAsync(deployment.Front);
        var first = await story.DeliverOneAsync();
        var second = await story.DeliverOneAsync();
        var reviews = await deployment.DatabaseAsync("Reviews");
        await Eventually.HoldsAsync(
            () => reviews.Count("dead_letter") == 2,
            "the older build sets them aside"
        );
        (await story.MayReviewAsync(first)).ShouldBeFalse();

        await deployment.ProcessOf("Reviews").TerminateAsync();
        await deployment.StartAsync("Reviews");

        await story.ReviewAsync(first, 4);
        await story.ReviewAsync(second, 2);
        await story.ReviewAsync(await story.DeliverOneAsync(), 3);
        await Eventually.HoldsAsync(async () => await story.RatingAsync() is (3, 3), "each counts once");
        reviews.Count("dead_letter").ShouldBe(0);
    }
}
