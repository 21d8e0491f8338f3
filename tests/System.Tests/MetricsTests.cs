using System.Tests.Running;

namespace System.Tests;

/// <summary>The control room's figures for Prometheus, by names that dashboards can rely on.</summary>
public sealed class MetricsTests : IAsyncLifetime
{
    /// <summary>What dashboards and alerts are made of. A name that goes from here breaks somebody's.</summary>
    private static readonly string[] Promised =
    [
        "http_server_request_duration_seconds_count",
        "monolith_command_duration_seconds_count",
        "monolith_database_command_duration_seconds_count",
        "monolith_figures_age_seconds",
        "monolith_module_running",
        "monolith_stream_well",
        "monolith_stream_lag",
        "monolith_stream_oldest_unhandled_seconds",
        "monolith_stream_dead_letters",
        "monolith_stream_handled_total",
        "monolith_stream_retried_total",
        "monolith_stream_parked_total",
        "monolith_stream_delay_seconds_count",
        "monolith_orders_placed_per_minute",
        "monolith_orders_placed_last_hour",
        "monolith_orders_acceptance_ratio",
        "monolith_orders_time_to_door_seconds",
        "monolith_orders_open",
        "monolith_orders_oldest_open_seconds",
        "monolith_riders_on_shift",
        "monolith_riders_delivered_last_hour",
        "monolith_riders_failed_last_hour",
        "monolith_riders_acceptance_ratio",
        "monolith_riders_time_to_rider_seconds",
        "monolith_riders_open",
        "monolith_riders_oldest_open_seconds",
        "monolith_reviews_published",
        "monolith_reviews_food_rating",
        "monolith_reviews_delivery_rating",
        "monolith_reviews_reported",
        "dotnet_process_memory_working_set_bytes",
    ];

    private readonly TemporaryFolder _folder = new();
    private HostProcess _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await HostProcess.StartAsync(_folder.Path);
        await _host.IsReadyAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_delivered_and_reviewed_order_moves_the_figures_of_everyone_it_touched()
    {
        var before = await Scrape.TakeAsync(_host);
        before.Sum("monolith_stream_parked_total", "module=\"Orders\"").ShouldBe(0);
        var story = await Story.BeginAsync(_host);
        await story.ReviewAsync(await story.DeliverOneAsync(), 4);
        await story.PlaceAsync();

        Scrape after = null!;
        await Eventually.HoldsAsync(
            async () =>
            {
                after = await Scrape.TakeAsync(_host);
                return after.Sum("monolith_stream_lag") == 0
                    && after.Has("monolith_reviews_food_rating")
                    && after.Sum("monolith_orders_open", "state=\"Placed\"") == 1;
            },
            "the figures have followed"
        );

        Promised.Except(after.Names).ShouldBeEmpty();
        after.Sum("monolith_orders_placed_last_hour").ShouldBe(2);
        after.Sum("monolith_orders_placed_per_minute").ShouldBeGreaterThan(0);
        after.Sum("monolith_orders_acceptance_ratio").ShouldBe(1);
        after.Sum("monolith_riders_acceptance_ratio").ShouldBe(1);
        after.Sum("monolith_riders_delivered_last_hour").ShouldBe(1);
        after.Sum("monolith_riders_on_shift").ShouldBe(before.Sum("monolith_riders_on_shift") + 1);
        after.Sum("monolith_reviews_food_rating").ShouldBe(4);
        after.Sum("monolith_orders_oldest_open_seconds", "state=\"Placed\"").ShouldBeGreaterThan(0);
        after
            .Sum("monolith_stream_handled_total", "module=\"Reviews\"", "stream=\"orders\"")
            .ShouldBeGreaterThan(0);
        foreach (var module in (string[])["Orders", "Riders", "Reviews"])
        {
            var label = $"module=\"{module}\"";
            after.Sum("http_server_request_duration_seconds_count", label).ShouldBeGreaterThan(0);
            after
                .Sum("monolith_database_command_duration_seconds_count", label)
                .ShouldBeGreaterThan(before.Sum("monolith_module_running", label));
        }
    }

    [Fact]
    public async Task A_paused_module_is_shown_not_running_and_its_refusals_are_counted()
    {
        await Scrape.TakeAsync(_host);
        (await _host.ActAsync("reviews", "pause")).ShouldBe(204);
        (await _host.Api.GetAsync($"/api/reviews?storeId={Tokens.NewId()}")).ShouldBe(503);

        Scrape scrape = null!;
        await Eventually.HoldsAsync(
            async () =>
                (scrape = await Scrape.TakeAsync(_host)).Sum("monolith_module_running", "module=\"Reviews\"")
                == 0,
            "the pause is shown"
        );

        scrape.Sum("monolith_module_running", "module=\"Orders\"").ShouldBe(1);
        scrape.Has("monolith_reviews_published").ShouldBeFalse();
        scrape
            .Sum(
                "http_server_request_duration_seconds_count",
                "module=\"Reviews\"",
                "http_response_status_code=\"503\""
            )
            .ShouldBeGreaterThan(0);
    }
}
