using System.Globalization;
using System.Tests.Running;

namespace System.Tests;

/// <summary>People and operators see one platform, and one process's trouble is its own.</summary>
public sealed class PlacementTests
{
    private static readonly Guid DemoCustomer = new("0199c000-0000-7000-8000-000000000001");

    private static readonly (string, string)[] Both =
    [
        ("Orders", "Local"),
        ("Riders", "Local"),
        ("Reviews", "Remote"),
    ];

    [Fact]
    public async Task A_person_who_is_signed_in_uses_pages_and_live_streams_of_modules_elsewhere()
    {
        await using var deployment = await StartAsync("Orders,Riders,Reviews");
        var story = await Story.BeginAsync(deployment.Front, DemoCustomer);
        using var customer = await Browser.SignInAsync(deployment.Front, "customer");
        var order = await story.DeliverOneAsync();
        await Eventually.HoldsAsync(() => story.MayReviewAsync(order), "the order can be reviewed");
        (string, string)[] review =
        [
            ("order", $"{order}"),
            ("food", "5"),
            ("delivery", "4"),
            ("text", "Still hot."),
        ];

        var page = await customer.LookAsync($"/orders/{order}");
        var told = await customer.FollowAsync($"/api/orders/{order}/stream");
        var forged = await customer.SubmitFromElsewhereAsync("/reviews", review);
        var published = await customer.SubmitAsync("/reviews", review);
        var mine = await customer.LookAsync("/reviews/mine");

        page.ShouldBe(200).Body.ShouldContain("/sign-out");
        ((string?)told["status"]).ShouldBe("Delivered");
        forged.ShouldBe(403);
        published.ShouldBe(200).Body.ShouldContain($"/api/orders/{order}/stream");
        mine.ShouldBe(200).Body.ShouldContain("Still hot.");
    }

    [Fact]
    public async Task The_control_room_shows_and_steers_modules_elsewhere()
    {
        await using var deployment = await StartAsync("Reviews");
        using var person = await Browser.SignInAsync(deployment.Front, "operator");

        foreach (var (module, placement) in Both)
        {
            await Eventually.HoldsAsync(
                async () =>
                    (await person.LookAsync("/ops"))
                        .ShouldBe(200)
                        .Body.Split("<h2>")
                        .Any(card =>
                            card.StartsWith($"{module}</h2>", StringComparison.Ordinal)
                            && card.Contains("Running", StringComparison.Ordinal)
                            && card.Contains($">{placement}<", StringComparison.Ordinal)
                        ),
                $"{module} is shown where it is"
            );
        }
        var paused = await person.SubmitAsync("/ops/modules/Reviews/pause");
        var refused = await deployment.Front.Api.GetAsync($"/api/reviews?storeId={Tokens.NewId()}");
        var resumed = await person.SubmitAsync("/ops/modules/Reviews/resume");
        var answered = await deployment.Front.Api.GetAsync($"/api/reviews?storeId={Tokens.NewId()}");

        paused.ShouldBe(200).Body.ShouldMatch("(?s)<h2>Reviews</h2>.*?Paused");
        refused.ShouldBe(503, "module_paused");
        resumed.ShouldBe(200);
        answered.ShouldBe(200);
        await Eventually.HoldsAsync(
            async () =>
            {
                var page = (await person.LookAsync("/ops/now")).ShouldBe(200).Body;
                return PaceOf(page, "Reviews-requests") > 0 && PaceOf(page, "Reviews-commands") > 0;
            },
            "what its process does is drawn"
        );
    }

    [Fact]
    public async Task With_reviews_process_killed_orders_go_on_and_it_catches_up_when_it_is_back()
    {
        await using var deployment = await StartAsync("Reviews");
        var story = await Story.BeginAsync(deployment.Front);
        var api = deployment.Front.Api;
        await story.ReviewAsync(await story.DeliverOneAsync(), 5);

        await deployment.KillAsync("Reviews");
        var refused = await api.GetAsync($"/api/reviews?storeId={story.StoreId}");
        var orders = new List<Guid>();
        for (var number = 0; number < 3; number++)
            orders.Add(await story.DeliverOneAsync());

        refused.ShouldBe(503, "module_unreachable");
        (await ViewOfAsync(deployment, "Reviews")).ShouldContain("\"state\":\"Unknown\"");

        await deployment.StartAsync("Reviews");
        foreach (var order in orders)
            await story.ReviewAsync(order, 1);
        await Eventually.HoldsAsync(
            async () => await story.RatingAsync() is (2, 4),
            "each review counts once"
        );
        (await ViewOfAsync(deployment, "Reviews")).ShouldContain("\"placement\":\"Remote\"");
    }

    [Fact]
    public async Task With_reviews_process_frozen_its_callers_are_let_go_in_time_and_nobody_else_waits()
    {
        const int Flood = 20;
        await using var deployment = await SpreadDeployment.StartAsync(
            await RabbitMq.ConnectionStringAsync(),
            "Reviews",
            "--Gateway:AnswerWithin=00:00:02",
            "--Gateway:ConcurrentCalls=5"
        );
        var story = await Story.BeginAsync(deployment.Front);
        var api = deployment.Front.Api;

        await deployment.ProcessOf("Reviews").FreezeAsync();
        var waiting = Enumerable
            .Range(0, Flood)
            .Select(_ => api.GetAsync($"/api/reviews?storeId={story.StoreId}"))
            .ToList();
        var order = await story.DeliverOneAsync();
        var answers = await Task.WhenAll(waiting);

        answers.Count(answer => (answer.Status, answer.Code) == (504, "module_too_slow")).ShouldBe(5);
        answers.Count(answer => (answer.Status, answer.Code) == (503, "module_busy")).ShouldBe(Flood - 5);
        (await ViewOfAsync(deployment, "Reviews")).ShouldContain("its process cannot be reached");

        await deployment.ProcessOf("Reviews").ThawAsync();
        await story.ReviewAsync(order, 4);
        await Eventually.HoldsAsync(async () => await story.RatingAsync() is (4, 1), "the review counts");
    }

    [Fact]
    public async Task With_the_broker_killed_no_order_fails_and_everything_arrives_when_it_is_back()
    {
        RabbitMq.Requires(RabbitMqServer.CanBeStarted);
        await using var server = await RabbitMqServer.StartAsync();
        await using var deployment = await SpreadDeployment.StartAsync(server.ConnectionString, "Reviews");
        var story = await Story.BeginAsync(deployment.Front);

        await server.KillAsync();
        var order = await story.DeliverOneAsync();
        await Eventually.HoldsAsync(
            async () =>
                (await deployment.Front.Api.GetAsync("/health/ready")) is { Status: 200 } ready
                && (string)ready.Json["entries"]!["Broker"]!["status"]! == "Unhealthy",
            "readiness tells of the broker and stays ready"
        );
        var second = await story.DeliverOneAsync();
        await server.RestartAsync();

        await story.ReviewAsync(order, 2);
        await story.ReviewAsync(second, 4);
        await Eventually.HoldsAsync(async () => await story.RatingAsync() is (3, 2), "both reviews count");
        await Eventually.HoldsAsync(
            async () =>
                (string)
                    (await deployment.Front.Api.GetAsync("/health/ready")).Json["entries"]!["Broker"]![
                        "status"
                    ]! == "Healthy",
            "readiness tells that it is back"
        );
    }

    private static double PaceOf(string page, string figure) =>
        double.Parse(
            page.Split($"data-value=\"{figure}\"")[1].Split('>', '<')[1],
            CultureInfo.InvariantCulture
        );

    private static async Task<SpreadDeployment> StartAsync(string remote) =>
        await SpreadDeployment.StartAsync(await RabbitMq.ConnectionStringAsync(), remote);

    private static async Task<string> ViewOfAsync(SpreadDeployment deployment, string module)
    {
        var answer = await deployment.Front.Api.GetAsync(
            "/api/ops/modules",
            deployment.Front.Tokens.Operator()
        );
        return answer
            .ShouldBe(200)
            .Json.AsArray()
            .Single(view => (string)view!["name"]! == module)!
            .ToJsonString();
    }
}
