using System.Tests.Running;

namespace System.Tests;

/// <summary>What lies in databases is asked for in words that each engine understands.</summary>
public sealed class MetricsOnPostgreSqlTests(SharedPostgreSqlHost shared)
{
    [Fact]
    public async Task Figures_are_read_from_PostgreSQL_as_well()
    {
        var host = await shared.ProcessAsync();
        var story = await Story.BeginAsync(host);
        await story.ReviewAsync(await story.DeliverOneAsync(), 5);

        await Eventually.HoldsAsync(
            async () =>
            {
                var scrape = await Scrape.TakeAsync(host);
                return scrape.Has("monolith_reviews_food_rating")
                    && scrape.Sum("monolith_orders_placed_last_hour") > 0
                    && scrape.Has("monolith_orders_time_to_door_seconds")
                    && scrape.Sum("monolith_riders_delivered_last_hour") > 0
                    && scrape.Has("monolith_riders_time_to_rider_seconds")
                    && scrape.Has("monolith_stream_oldest_unhandled_seconds");
            },
            "every module's figures are there"
        );
    }
}
