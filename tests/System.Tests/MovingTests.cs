using System.Tests.Running;

namespace System.Tests;

/// <summary>A module leaves the running deployment, and comes back, while people order.</summary>
public sealed class MovingTests
{
    [Theory]
    [InlineData("Orders")]
    [InlineData("Riders")]
    [InlineData("Reviews")]
    public async Task A_module_moves_out_and_back_while_people_order_and_no_call_fails(string module)
    {
        using var deployment = await Deployment.OnAsync(Engines.PostgreSql);
        await using var moving = await Moving.BeginAsync(deployment, module);
        var stories = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Story.BeginAsync(moving.Web)));
        await using var people = People.Begin(stories);

        for (var round = 0; round < 2; round++)
        {
            await moving.OutAsync();
            (await moving.HomeAsync(moving.Other)).ShouldBe(moving.OtherName);
            await people.EachOrdersOnceMoreAsync();
            await moving.BackAsync();
            await people.EachOrdersOnceMoreAsync();
        }

        await people.EndWithEachReviewCountedOnceAsync();
        foreach (var schema in new[] { "orders", "riders", "reviews" })
            deployment.Of(schema).Count("dead_letter").ShouldBe(0, schema);
        deployment.Of("orders").KeysOf("orders.order-delivered.v1").ShouldBeUnique();
    }

    [Fact]
    public async Task A_move_to_where_the_module_cannot_run_is_refused_and_nothing_has_changed()
    {
        using var deployment = await Deployment.OnAsync(Engines.PostgreSql);
        await using var moving = await Moving.BeginAsync(deployment, "Reviews");
        var (plan, planned) = await moving.ExtractAsync($"--to={moving.OtherAddress}", "--plan");
        plan.ShouldBe(0, planned);
        planned.ShouldContain("prepare:");

        var (itself, toItself) = await moving.ExtractAsync($"--to={moving.Web.Api.Address}");
        itself.ShouldBe(2, toItself);
        toItself.ShouldContain("is at home in 'web' already");
        var (unreachable, toNobody) = await moving.ExtractAsync("--to=http://127.0.0.1:9");
        unreachable.ShouldBe(2, toNobody);
        toNobody.ShouldContain("Nobody can be reached at http://127.0.0.1:9");
        var (unknown, ofNobody) = await moving.ExtractAsync("--undo");
        unknown.ShouldBe(2, ofNobody);
        ofNobody.ShouldContain("there is no move to undo");

        await moving.Other.KillAsync();
        var (dead, toTheDead) = await moving.ExtractAsync($"--to={moving.OtherAddress}");
        dead.ShouldBe(2, toTheDead);
        (await moving.HomeAsync()).ShouldBe("web");
        await (await Story.BeginAsync(moving.Web)).DeliverOneAsync();
    }

    [Fact]
    public async Task A_process_that_dies_while_a_move_is_prepared_leaves_the_module_where_it_is()
    {
        using var deployment = await Deployment.OnAsync(Engines.PostgreSql);
        await using var moving = await Moving.BeginAsync(deployment, "Reviews");
        await moving.Other.FreezeAsync();
        (await moving.BeginMoveAsync()).ShouldBe(409, "move_refused");
        await moving.Other.ThawAsync();
        (await moving.BeginMoveAsync()).ShouldBe(202);
        await moving.Other.KillAsync();

        // It may have gone over before it died; then it is at home there, and waited for.
        await Eventually.HoldsAsync(
            async () =>
                await moving.StatusAsync() is var now && (IsThere(now) || (string)now["state"]! == "Settled"),
            "the move is over, one way or the other"
        );
        if (IsThere(await moving.StatusAsync()))
            await moving.StartOtherAsync();
        var story = await Story.BeginAsync(moving.Web);
        await story.ReviewAsync(await story.DeliverOneAsync(), 5);

        bool IsThere(System.Text.Json.Nodes.JsonNode now) => (string)now["home"]! == moving.OtherName;
    }

    [Fact]
    public async Task What_operators_did_is_kept_and_a_pause_outlives_the_process_wherever_the_module_is()
    {
        using var deployment = await Deployment.OnAsync(Engines.PostgreSql);
        await using var moving = await Moving.BeginAsync(deployment, "Reviews");
        await moving.OutAsync();
        var path = $"/api/reviews?storeId={Tokens.NewId()}";
        (await moving.ActAsync("pause")).ShouldBe(204);
        await Eventually.HoldsAsync(
            async () => (await moving.Web.Api.GetAsync(path)).Code == "module_paused",
            "it is paused"
        );

        await moving.Other.DisposeAsync();
        await moving.StartOtherAsync();
        (await moving.Web.Api.GetAsync(path)).ShouldBe(503, "module_paused");
        await moving.BackAsync();
        (await moving.Web.Api.GetAsync(path)).ShouldBe(503, "module_paused");
        (await moving.ActAsync("resume")).ShouldBe(204);
        (await moving.Web.Api.GetAsync(path)).ShouldBe(200);
        var (code, finished) = await moving.ExtractAsync("--finish");
        code.ShouldBe(0, finished);

        var audit = await moving.Web.Api.GetAsync("/api/ops/audit?limit=50", moving.Web.Tokens.Operator());
        var acts = audit.ShouldBe(200).Json["items"]!.AsArray().Select(one => (string)one!["act"]!).ToList();
        acts.Count(act => act == "move").ShouldBeGreaterThanOrEqualTo(7);
        acts.ShouldContain("pause");
        acts.ShouldContain("resume");
    }

    [Fact]
    public async Task Two_replicas_of_the_web_app_follow_a_move_and_a_killed_one_holds_nothing_up()
    {
        using var deployment = await Deployment.OnAsync(Engines.PostgreSql);
        await using var moving = await Moving.BeginAsync(deployment, "Riders");
        await using var second = await moving.StartReplicaAsync();
        await second.IsReadyAsync();
        var here = await Story.BeginAsync(moving.Web);
        await using var people = People.Begin([here, (await Story.BeginAsync(moving.Web)).At(second.Api)]);

        await moving.OutAsync();
        await people.EachOrdersOnceMoreAsync();
        await moving.BackAsync();
        await people.EachOrdersOnceMoreAsync();
        await people.EndAsync();

        await second.FreezeAsync();
        await moving.OutAsync();
        (await moving.HomeAsync()).ShouldBe(moving.OtherName);
        (await moving.ExtractAsync("--finish")).ExitCode.ShouldBe(0);
        await here.DeliverOneAsync();
        using (deployment.Of("riders").Hold("home"))
        {
            // It cannot look where the module is, and believes what it knew before it slept.
            await second.ThawAsync();
            var refused = await second.Api.PutAsync(
                "/api/riders/me/shift",
                second.Tokens.Rider(Tokens.NewId()),
                new { online = true }
            );
            refused.Status.ShouldBe(503);
            second.Output.ShouldContain(
                "The module 'riders' is at home in another process: this one may write nothing of it."
            );
        }
        await Eventually.HoldsAsync(
            async () => await moving.HomeAsync(second) == moving.OtherName,
            "the frozen one knows"
        );
        await here.At(second.Api).DeliverOneAsync();
    }
}
