using System.Globalization;
using System.Tests.Running;

namespace System.Tests;

/// <summary>
/// A module leaves the running deployment with its data, and comes back with all that was written meanwhile.
/// <c>MOVED_ORDERS</c> says how many old orders go along when Orders does, 300 unless it does; the command says how long
/// calls were held. <c>WRITTEN_ORDERS</c> says how many are written at the new home before an undo, 300 unless it does;
/// an hour of four a second is 14,400.
/// </summary>
public sealed class TakingDataTests
{
    private static readonly int OldOrders = Number("MOVED_ORDERS");
    private static readonly int WrittenOrders = Number("WRITTEN_ORDERS");

    private static int Number(string variable) =>
        int.Parse(Environment.GetEnvironmentVariable(variable) ?? "300", CultureInfo.InvariantCulture);

    /// <summary>Reviews goes where the command is killed.</summary>
    [Theory]
    [InlineData("Orders", Engines.Sqlite)]
    [InlineData("Riders", Engines.PostgreSql)]
    public async Task A_module_takes_its_data_to_a_database_of_its_own_and_back_and_no_call_fails(
        string module,
        Engines engines
    )
    {
        using var deployment = await Deployment.OnAsync(engines);
        var own = (await TestDatabases.CreateAsync(TestEngine.PostgreSql))!;
        if (module == "Orders")
            await HaveOldOrdersAsync(deployment);
        await using var moving = await Moving.BeginAsync(deployment, module, own);
        var stories = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Story.BeginAsync(moving.Web)));
        var key = $"{Tokens.NewId()}";
        var placed = (await stories[0].TryPlaceAsync(key)).ShouldBe(201).Id("orderId");
        await stories[0].DeliverAsync(placed);
        await using var people = People.Begin(stories);

        var (plan, planned) = await moving.ExtractAsync($"--to={moving.OtherAddress}", "--plan");
        plan.ShouldBe(0, planned);
        planned.ShouldContain("rows are to be copied");
        await moving.OutAsync();
        (await moving.HomeAsync(moving.Other)).ShouldBe(moving.OtherName);
        await people.EachOrdersOnceMoreAsync();
        await moving.BackAsync();
        await people.EachOrdersOnceMoreAsync();
        await moving.OutAsync();
        await people.EachOrdersOnceMoreAsync();

        await people.EndWithEachReviewCountedOnceAsync();
        // A key of before the move gets its first answer.
        (await stories[0].TryPlaceAsync(key))
            .ShouldBe(201)
            .Id("orderId")
            .ShouldBe(placed);
        var (finish, finished) = await moving.ExtractAsync("--finish");
        finish.ShouldBe(0, finished);
        var (drop, dropped) = await moving.ExtractAsync("--drop");
        drop.ShouldBe(0, dropped);
        deployment.Of(module.ToLowerInvariant()).Count("outbox").ShouldBe(0);
        await stories[0].DeliverOneAsync();
    }

    [Fact]
    public async Task An_undo_brings_back_all_that_was_written_at_the_new_home()
    {
        using var deployment = await Deployment.OnAsync(Engines.PostgreSql);
        var own = (await TestDatabases.CreateAsync(TestEngine.PostgreSql))!;
        await using var moving = await Moving.BeginAsync(deployment, "Orders", own);
        var story = await Story.BeginAsync(moving.Web);
        await moving.OutAsync();
        var order = await story.DeliverOneAsync();
        ManyOrders.Make(
            Database.OnPostgreSql($"{own};Application Name=orders@{moving.OtherName}", "orders"),
            WrittenOrders,
            withEvents: false
        );
        await story.ReviewAsync(order, rating: 4);

        await moving.BackAsync();

        foreach (var table in (string[])["order", "settlement", "idempotency_key"])
            deployment
                .Of("orders")
                .Count(table)
                .ShouldBe(Database.OnPostgreSql(own, "orders").Count(table), table);
        deployment.Of("orders").Count("order").ShouldBe(WrittenOrders + 1);
        (await story.StatusAsync(order)).ShouldBe("Delivered");
        await story.DeliverOneAsync();
    }

    /// <summary>The schema that the module left is not migrated with the others: nobody uses it, and it is fenced.</summary>
    [Fact]
    public async Task A_web_app_that_is_upgraded_while_a_module_is_away_passes_its_calls_on()
    {
        using var deployment = await Deployment.OnAsync(Engines.PostgreSql);
        var own = (await TestDatabases.CreateAsync(TestEngine.PostgreSql))!;
        await using var moving = await Moving.BeginAsync(deployment, "Riders", own);
        var story = await Story.BeginAsync(moving.Web);
        await moving.OutAsync();
        deployment
            .Of("riders")
            .Execute(
                """
                DELETE FROM migration
                WHERE "MigrationId" = (SELECT max("MigrationId") FROM migration)
                """
            );

        await moving.StartWebAsync("--Database:Migrate=false");

        await story.At(moving.Web.Api).DeliverOneAsync();
        var (code, said) = await moving.ExtractAsync("--undo");
        code.ShouldBe(2, said);
        said.ShouldContain("migrat");
    }

    [Fact]
    public async Task A_replica_that_slept_through_the_move_writes_nothing_where_the_module_was()
    {
        using var deployment = await Deployment.OnAsync(Engines.PostgreSql);
        var own = (await TestDatabases.CreateAsync(TestEngine.PostgreSql))!;
        await using var moving = await Moving.BeginAsync(deployment, "Riders", own);
        await using var second = await moving.StartReplicaAsync();
        await second.IsReadyAsync();
        var story = await Story.BeginAsync(moving.Web);
        await story.At(second.Api).DeliverOneAsync();
        await second.FreezeAsync();
        await moving.OutAsync();
        (await moving.ExtractAsync("--finish")).ExitCode.ShouldBe(0);
        await story.DeliverOneAsync();
        var left = Rows();

        await second.ThawAsync();
        await Eventually.HoldsAsync(
            async () => await moving.HomeAsync(second) == moving.OtherName,
            "it knows where the module is"
        );
        await story.At(second.Api).DeliverOneAsync();

        Rows().ShouldBe(left);
        (long, long, long, long) Rows()
        {
            var riders = deployment.Of("riders");
            return (
                riders.Count("outbox"),
                riders.Count("delivery"),
                riders.Count("earning"),
                riders.Count("dead_letter")
            );
        }
    }

    /// <summary>
    /// Short, it is killed while calls are held and after the source was left; at every place with
    /// <c>MOVE_KILLS=all</c>.
    /// </summary>
    [Fact]
    public async Task A_command_that_is_killed_between_any_two_steps_goes_on_or_turns_back_and_no_call_fails()
    {
        using var deployment = await Deployment.OnAsync(Engines.PostgreSql);
        var own = (await TestDatabases.CreateAsync(TestEngine.PostgreSql))!;
        await using var moving = await Moving.BeginAsync(deployment, "Reviews", own);
        var story = await Story.BeginAsync(moving.Web);
        await using var people = People.Begin([story]);

        foreach (var (number, place) in Places.Index())
        {
            var (killed, said) = await moving.ExtractAsync(place, [$"--to={moving.OtherAddress}"]);
            // A copy that is still good is not made a second time.
            killed.ShouldBeOneOf(place == "captured" ? [0, 137] : [137], $"{place}: {said}");
            (await moving.ExtractAsync("--status")).ExitCode.ShouldBe(0);
            if (number % 2 == 0)
            {
                await moving.OutAsync();
                var (back, turned) = await moving.ExtractAsync(place, ["--undo"]);
                back.ShouldBeOneOf([0, 137], $"{place}: {turned}");
            }
            await moving.BackAsync();
            await people.EachOrdersOnceMoreAsync();
        }

        await people.EndWithEachReviewCountedOnceAsync();
        deployment.Of("reviews").Count("dead_letter").ShouldBe(0);
    }

    /// <summary>Nobody but who owns the database gets round its fence, and nothing that they do is captured.</summary>
    [Fact]
    public async Task A_copy_that_somebody_changed_is_refused_and_made_anew_by_the_next_command()
    {
        using var deployment = await Deployment.OnAsync(Engines.PostgreSql);
        var own = (await TestDatabases.CreateAsync(TestEngine.PostgreSql))!;
        await using var moving = await Moving.BeginAsync(deployment, "Reviews", own);
        var story = await Story.BeginAsync(moving.Web);
        await story.ReviewAsync(await story.DeliverOneAsync(), rating: 4);
        await moving.OutAsync();
        await moving.BackAsync();
        Database
            .OnPostgreSql($"{own};Options=-c session_replication_role=replica", "reviews")
            .Execute("UPDATE store_rating SET \"Revision\" = 17");

        var (code, said) = await moving.ExtractAsync($"--to={moving.OtherAddress}");

        code.ShouldBe(2, said);
        said.ShouldContain("The copy is not the same: store_rating");
        (await moving.HomeAsync()).ShouldBe("web");
        await story.ReviewAsync(await story.DeliverOneAsync(), rating: 2);
        await moving.OutAsync();
        await Eventually.HoldsAsync(
            async () => await story.RatingAsync() is (3, 2),
            "what was rated is still counted"
        );
    }

    private static IReadOnlyList<string> Places =>
        Environment.GetEnvironmentVariable("MOVE_KILLS") == "all"
            ?
            [
                "closed",
                "captured",
                "copied",
                "fence prepared",
                "compared",
                "held",
                "fenced",
                "left",
                "ready",
                "let in",
                "opened",
                "settled",
            ]
            : ["left", "fenced"];

    private static async Task HaveOldOrdersAsync(Deployment deployment)
    {
        await using (var host = await HostProcess.StartAsync(deployment))
        {
            var story = await Story.BeginAsync(host);
            await story.DeliverAsync((await story.TryPlaceAsync("an old one")).ShouldBe(201).Id("orderId"));
        }
        ManyOrders.Make(deployment.Of("orders"), OldOrders, withEvents: false);
    }
}
