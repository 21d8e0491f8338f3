using System.Tests.Running;

namespace System.Tests;

/// <summary>
/// With Reviews paused, or its database unreadable, orders and riders go on without a failed request,
/// and when it is back it catches up by itself, in order, each event once.
/// </summary>
public sealed class ReviewsAwayTests : IAsyncLifetime
{
    /// <summary>One event per transaction, so that the order of rows is the order of handling.</summary>
    private static readonly string[] Arguments =
    [
        "--Streams:BatchSize=1",
        "--Streams:Poll=00:00:00.200",
        "--Streams:Recovery=00:00:00.200",
    ];

    private SpreadDeployment _deployment = null!;
    private Story _story = null!;

    private HostProcess Host => _deployment.Front;

    private Database Orders { get; set; } = null!;

    private Database Reviews { get; set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _deployment = await SpreadDeployment.OnFilesAsync(Placement.Named ?? Placement.AllLocal, Arguments);
        (Orders, Reviews) = (
            await _deployment.DatabaseAsync("Orders"),
            await _deployment.DatabaseAsync("Reviews")
        );
        _story = await Story.BeginAsync(Host);
        var first = await _story.DeliverOneAsync();
        await _story.ReviewAsync(first, 5);
    }

    public ValueTask DisposeAsync() => _deployment.DisposeAsync();

    [Fact]
    public async Task Paused_it_holds_up_nobody_and_catches_up_on_resume()
    {
        (await Host.ActAsync("reviews", "pause")).ShouldBe(204);

        (await Host.Api.GetAsync($"/api/reviews?storeId={_story.StoreId}")).ShouldBe(503, "module_paused");
        (await HealthOfReviewsAsync()).ShouldBe("Degraded");
        await IsReadyForPeopleAsync();
        await DeliverSomeAsync();
        Reviews.Count("review_eligibility").ShouldBe(1);

        (await Host.ActAsync("reviews", "resume")).ShouldBe(204);
        await CatchesUpAsync();
    }

    [Fact]
    public async Task With_its_database_unreadable_it_holds_up_nobody_and_catches_up_when_it_is_readable()
    {
        // A write and a checkpoint make open connections forget the pages they keep in memory.
        Reviews.Execute("PRAGMA user_version = 1");
        Reviews.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        var good = await File.ReadAllBytesAsync(Reviews.File);
        await OverwriteAsync(Garbage(good.Length));

        await Eventually.HoldsAsync(
            async () => await HealthOfReviewsAsync() == "Unhealthy",
            "the fault shows in readiness"
        );
        var refused = await Host.Api.GetAsync($"/api/reviews?storeId={_story.StoreId}");
        refused.ShouldBe(503);
        await DeliverSomeAsync();

        await OverwriteAsync(good);
        await CatchesUpAsync();
    }

    [Fact]
    public async Task With_its_database_unreadable_at_start_the_others_start_and_it_follows_when_it_is_readable()
    {
        await _deployment.KillAsync("Reviews");
        // The killed host left a write-ahead log; the last to close the database folds it in.
        Reviews.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        var kept = $"{Reviews.File}.kept";
        File.Move(Reviews.File, kept);
        await File.WriteAllBytesAsync(Reviews.File, Garbage(8192));

        await _deployment.StartAsync("Reviews");
        _story = _story.At(Host.Api);

        await Eventually.HoldsAsync(
            async () => (await Host.Api.GetAsync("/health/ready")).Status == 200,
            "people are served without it"
        );
        (await HealthOfReviewsAsync()).ShouldBe("Unhealthy");
        (await Host.Api.GetAsync($"/api/reviews?storeId={_story.StoreId}")).ShouldBe(503, "module_starting");
        await DeliverSomeAsync();

        File.Move(kept, Reviews.File, overwrite: true);
        await CatchesUpAsync();
    }

    /// <summary>Delivers orders in another sequence than they were placed in; every call must succeed.</summary>
    private async Task DeliverSomeAsync()
    {
        var orders = new List<Guid>();
        for (var number = 0; number < 3; number++)
            orders.Add(await _story.PlaceAsync());
        orders.Reverse();
        foreach (var order in orders)
            await _story.DeliverAsync(order);
    }

    private async Task CatchesUpAsync()
    {
        var said = Orders.KeysOf("orders.order-delivered.v1");
        said.Count.ShouldBe(4);
        await Eventually.HoldsAsync(async () => await HealthOfReviewsAsync() == "Healthy", "Reviews is well");
        await Eventually.HoldsAsync(
            () =>
                Reviews.Position("orders")
                == Orders.Query("SELECT MAX(Position) FROM outbox", row => row.GetInt64(0))[0],
            "Reviews has caught up"
        );
        await IsReadyForPeopleAsync();
        Reviews.Count("dead_letter").ShouldBe(0);
        Reviews
            .Query(
                "SELECT OrderId FROM review_eligibility ORDER BY rowid",
                row => Guid.Parse(row.GetString(0))
            )
            .ShouldBe(said);
        foreach (var order in said.Skip(1))
            await _story.ReviewAsync(order, 1);
        await Eventually.HoldsAsync(
            async () => await _story.RatingAsync() is (2, 4),
            "each review counts once"
        );
    }

    private async Task<string> HealthOfReviewsAsync() =>
        (string)
            (await _deployment.ProcessOf("Reviews").Api.GetAsync("/health/ready")).Json["entries"]![
                nameof(Reviews)
            ]!["status"]!;

    private async Task IsReadyForPeopleAsync() => (await Host.Api.GetAsync("/health/ready")).ShouldBe(200);

    /// <summary>In place, because whoever has the file open would not notice a new one.</summary>
    private async Task OverwriteAsync(byte[] content)
    {
        await using var file = new FileStream(
            Reviews.File,
            FileMode.Open,
            FileAccess.Write,
            FileShare.ReadWrite
        );
        await file.WriteAsync(content);
    }

    private static byte[] Garbage(int length) => [.. Enumerable.Repeat((byte)0xA5, length)];
}
