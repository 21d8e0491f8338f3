using System.Tests.Running;

namespace System.Tests;

/// <summary>What <c>extract</c> does is done in the control room as well, without a script's help.</summary>
public sealed class MovePagesTests
{
    private const string Page = "/ops/modules/Reviews";

    [Fact]
    public async Task An_operator_plans_starts_undoes_and_finishes_a_move_by_forms_and_sees_who_did_it()
    {
        using var deployment = await Deployment.OnAsync(Engines.PostgreSql);
        await using var moving = await Moving.BeginAsync(deployment, "Reviews");
        using var browser = await Browser.SignInAsync(moving.Web, "operator");
        var plan = $"{Page}?to={Uri.EscapeDataString($"{moving.OtherAddress}")}";

        var refused = (await browser.LookAsync($"{Page}?to=http://127.0.0.1:9")).ShouldBe(200);
        refused.Body.ShouldContain("Nobody can be reached at http://127.0.0.1:9");
        refused.Body.ShouldNotContain("/home/move");
        (await browser.LookAsync($"{Page}?to=there")).ShouldBe(400);
        var planned = (await browser.LookAsync(plan)).ShouldBe(200);
        planned.Body.ShouldContain("data-plan=\"good\"");
        planned.Body.ShouldContain("Move Reviews", customMessage: "what is confirmed is named");
        (await Acts.OfAsync(moving.Web, "Reviews")).ShouldBeEmpty("planning does nothing");

        await StartAsync();
        (await browser.LookAsync(Page)).Body.ShouldContain(" by you");
        (await browser.SubmitAsync($"{Page}/home/undo")).ShouldBe(200);
        await IsSettledAtAsync("web");
        await StartAsync();
        (await browser.SubmitAsync($"{Page}/home/finish")).ShouldBe(200);
        var finished = (await browser.LookAsync(Page)).ShouldBe(200);
        finished.Body.ShouldNotContain("/home/undo", customMessage: "there is nothing to undo any more");

        var again = (await browser.SubmitAsync($"{Page}/home/finish")).ShouldBe(200);
        again.Body.ShouldContain("there is no move to finish");
        (await browser.SubmitFromElsewhereAsync($"{Page}/home/undo")).ShouldBe(403);
        var trail = (await browser.LookAsync("/ops/audit")).ShouldBe(200);
        trail.Body.ShouldContain("is finished.");
        (await Acts.OfAsync(moving.Web, "Reviews")).Count.ShouldBe(4);

        async Task StartAsync()
        {
            (
                await browser.SubmitAsync(
                    $"{Page}/home/move?to={Uri.EscapeDataString($"{moving.OtherAddress}")}"
                )
            ).ShouldBe(200);
            await IsSettledAtAsync(moving.OtherName);
        }

        async Task IsSettledAtAsync(string home)
        {
            await Eventually.HoldsAsync(
                async () =>
                    await moving.StatusAsync() is var status
                    && (string)status["home"]! == home
                    && (string)status["state"]! == "Settled",
                $"it is at home in '{home}'"
            );
            var shown = (await browser.LookAsync($"{Page}/home")).ShouldBe(200);
            shown.Body.ShouldContain($"data-home=\"{home}\" data-state=\"Settled\"");
        }
    }

    [Fact]
    public async Task A_move_that_takes_the_data_along_is_seen_as_it_goes()
    {
        using var deployment = await Deployment.OnAsync(Engines.PostgreSql);
        var own = (await TestDatabases.CreateAsync(TestEngine.PostgreSql))!;
        await using var moving = await Moving.BeginAsync(deployment, "Reviews", own);
        var story = await Story.BeginAsync(moving.Web);
        for (var order = 0; order < 5; order++)
            await story.DeliverOneAsync();
        using var browser = await Browser.SignInAsync(moving.Web, "operator");

        var extract = moving.ExtractAsync($"--to={moving.OtherAddress}", "--rows-per-second=3");
        await SeesAsync("data-progress=\"copy\"", "rows are being copied");
        var copying = (await browser.LookAsync(Page)).ShouldBe(200);
        copying.Body.ShouldContain("Keep Reviews there");
        copying.Body.ShouldContain("data-state=\"Preparing\"");
        (await extract).ExitCode.ShouldBe(0);

        await SeesAsync("Bring Reviews back", "it can be undone");
        var gone = (await browser.LookAsync(Page)).ShouldBe(200);
        gone.Body.ShouldContain(" calls were held");
        gone.Body.ShouldContain("data-equal=\"outbox\"");
        gone.Body.ShouldNotContain("different");

        Task SeesAsync(string what, string said) =>
            Eventually.HoldsAsync(
                async () =>
                    (await browser.LookAsync($"{Page}/home"))
                        .ShouldBe(200)
                        .Body.Contains(what, StringComparison.Ordinal),
                said
            );
    }

    [Fact]
    public async Task A_module_that_is_elsewhere_by_configuration_is_shown_by_its_own_process()
    {
        await using var deployment = await SpreadDeployment.OnFilesAsync("Reviews");
        using var browser = await Browser.SignInAsync(deployment.Front, "operator");

        var shown = (await browser.LookAsync(Page)).ShouldBe(200);
        shown.Body.ShouldContain("data-home=\"web\" data-state=\"Settled\"");
        shown.Body.ShouldContain("data-address=\"http://127.0.0.1:");
        var plan = (await browser.LookAsync($"{Page}?to=http://127.0.0.1:9")).ShouldBe(200);
        plan.Body.ShouldContain("Nobody can be reached at http://127.0.0.1:9");
        var nothing = (await browser.SubmitAsync($"{Page}/home/finish")).ShouldBe(409);
        nothing.Body.ShouldNotBeEmpty();
        (await browser.LookAsync("/ops/modules/Coupons")).ShouldBe(404);
    }
}
