using Simulator.Checking;
using Simulator.Checking.Rules;
using Simulator.Deployments;
using Simulator.Identity;
using Simulator.Tests.Running;

namespace Simulator.Tests;

/// <summary>The same bugs, done by the real host: its own handlers leave the damage that the checker must name.</summary>
public sealed class HandledWronglyTests(FinishedDay finished)
{
    [Fact]
    public async Task A_cursor_that_moved_before_its_effects_were_stored_is_named_as_lost()
    {
        using var day = finished.Copy();
        var skipped = day.Find(
            "orders",
            "SELECT \"Key\" FROM outbox WHERE Type = 'orders.order-delivered.v1' ORDER BY Position LIMIT 1"
        );
        Forget(day, "review", "store_rating", "rider_standing", "review_eligibility", "outbox");
        day.Spoil(
            "reviews",
            "UPDATE cursor SET Position = @position, EventId = NULL",
            ("position", PositionOfFirst(day, "orders.order-delivered.v1"))
        );
        await LetItHandleAsync(day);

        var verdict = await day.CheckAsync();

        verdict.Findings.ShouldContain(finding =>
            finding.Kind == FindingKind.Lost
            && finding.Rule == nameof(DeliveredOrdersCanBeReviewed)
            && finding.Subject.Equals(skipped, StringComparison.OrdinalIgnoreCase)
        );
    }

    [Fact]
    public async Task A_skipped_dedupe_is_named_as_doubled()
    {
        using var day = finished.Copy();
        day.Spoil("reviews", "UPDATE cursor SET Position = 0");
        Forget(day, "review_eligibility");
        await LetItHandleAsync(day);

        var verdict = await day.CheckAsync();

        verdict.Findings.ShouldContain(finding =>
            finding.Kind == FindingKind.Doubled && finding.Rule == nameof(DeliveredOrdersCanBeReviewed)
        );
    }

    [Fact]
    public async Task Events_handled_once_more_change_nothing_where_they_are_deduped()
    {
        using var day = finished.Copy();
        foreach (var module in new[] { "orders", "riders", "reviews" })
            day.Spoil(module, "UPDATE cursor SET Position = 0");
        await LetItHandleAsync(day);

        var verdict = await day.CheckAsync();

        verdict.Findings.ShouldBeEmpty();
    }

    private static long PositionOfFirst(Day day, string type) =>
        long.Parse(
            day.Find("orders", "SELECT MIN(Position) FROM outbox WHERE Type = @type", ("type", type)),
            null
        );

    private static void Forget(Day day, params string[] tables)
    {
        foreach (var table in tables)
            day.Spoil("reviews", $"DELETE FROM \"{table}\"");
    }

    /// <summary>Starts a host on the day until every stream is read to its end.</summary>
    private static async Task LetItHandleAsync(Day day)
    {
        var (clock, stop) = (TimeProvider.System, CancellationToken.None);
        await using var issuer = await TokenIssuer.StartAsync(
            Path.Combine(day.Folder, "issuer-key.pem"),
            0,
            clock
        );
        await using var deployment = await Deployment.StartAsync(
            1,
            day.Folder,
            day.Databases,
            issuer,
            clock,
            stop
        );
        (await new Settling(day.Databases, clock).WaitAsync(TimeSpan.FromMinutes(2), stop)).ShouldBeNull();
    }
}
