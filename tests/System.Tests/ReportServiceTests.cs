using System.Tests.Running;
using System.Text.Json.Nodes;
using RabbitMQ.Client;

namespace System.Tests;

/// <summary>
/// A follower in another language: <c>samples/report-service</c> knows the AsyncAPI document and the broker's conventions,
/// and nothing else of the platform. It is a follower like any module all the same.
/// </summary>
public sealed class ReportServiceTests(ITestOutputHelper output)
{
    private const int Kills = 5;

    [Fact]
    public async Task Its_own_tests_pass()
    {
        var database = await TestDatabases.CreateAsync(TestEngine.PostgreSql);

        var (passed, said) = await ReportService.TestAsync(ReportService.UrlOf(database!));

        output.WriteLine(said);
        passed.ShouldBeTrue();
        said.ShouldContain("every shape that an event ever had is read");
    }

    [Fact]
    public async Task Killed_five_times_while_people_order_its_figures_equal_the_modules_books()
    {
        using var scene = await ReportScene.OnAsync(await RabbitMq.ConnectionStringAsync());
        await using var host = await scene.StartHostAsync();
        await host.IsReadyAsync();
        var stories = new List<Story>();
        for (var story = 0; story < 3; story++)
            stories.Add(await Story.BeginAsync(host));
        var service = await scene.StartServiceAsync();
        try
        {
            await using (var people = People.Begin(stories))
            {
                for (var kill = 1; kill <= Kills; kill++)
                {
                    await HasHandledMoreAsync(service);
                    await service.DisposeAsync();
                    await people.EachOrdersOnceMoreAsync();
                    service = await scene.StartServiceAsync();
                }
                await people.EachOrdersOnceMoreAsync();
                await people.EndAsync();
            }
            await ChangeTheirMindsAsync(host, stories[0]);

            foreach (var figures in await scene.AgreesAsync(service))
                output.WriteLine($"{figures}");
            await IsShownWithItsLagAsync(host);
            await service.TerminateAsync();
        }
        finally
        {
            await service.DisposeAsync();
        }
    }

    [Fact]
    public async Task What_was_said_before_it_was_there_and_what_was_lost_on_the_way_is_asked_for()
    {
        using var scene = await ReportScene.OnAsync(await RabbitMq.ConnectionStringAsync());
        await using var host = await scene.StartHostAsync();
        var story = await Story.BeginAsync(host);
        await story.ReviewAsync(await story.DeliverOneAsync(), 3);
        await using (var first = await scene.StartServiceAsync())
        {
            await scene.AgreesAsync(first);
            await first.TerminateAsync();
        }

        await story.ReviewAsync(await story.DeliverOneAsync(), 5);
        await IsRelayedAsync(host);
        await LoseAsync(scene, "orders");
        await LoseAsync(scene, "reviews");
        await using var second = await scene.StartServiceAsync();

        await scene.AgreesAsync(second);
        second.Output.ShouldContain("orders: asked for everything behind");
    }

    [Fact]
    public async Task Started_twice_one_waits_and_takes_over_when_the_other_is_killed()
    {
        using var scene = await ReportScene.OnAsync(await RabbitMq.ConnectionStringAsync());
        await using var host = await scene.StartHostAsync();
        var story = await Story.BeginAsync(host);
        await using var first = await scene.StartServiceAsync();
        await story.DeliverOneAsync();
        await scene.AgreesAsync(first);
        await using var second = await scene.StartServiceAsync();
        await Eventually.HoldsAsync(
            () => second.Output.Contains("another process receives", StringComparison.Ordinal),
            "the second says why it waits"
        );

        await first.KillAsync();
        await story.DeliverOneAsync();

        await scene.AgreesAsync(second);
        await FollowsAsync(second);
    }

    [Fact]
    public async Task A_broker_that_is_killed_is_waited_for_and_nothing_is_lost()
    {
        RabbitMq.Requires(RabbitMqServer.CanBeStarted);
        await using var broker = await RabbitMqServer.StartAsync();
        using var scene = await ReportScene.OnAsync(broker.ConnectionString);
        await using var host = await scene.StartHostAsync();
        var story = await Story.BeginAsync(host);
        await using var service = await scene.StartServiceAsync();
        await story.DeliverOneAsync();
        await scene.AgreesAsync(service);

        await broker.KillAsync();
        await story.ReviewAsync(await story.DeliverOneAsync(), 5);
        await Eventually.HoldsAsync(
            () =>
                service.Output.Contains(
                    "REPORT_BROKER: the broker cannot be reached",
                    StringComparison.Ordinal
                ),
            "the service names the setting"
        );
        await broker.RestartAsync();

        await scene.AgreesAsync(service);
    }

    /// <summary>Waits until it is in the midst of its work, so that it is killed there.</summary>
    private static async Task HasHandledMoreAsync(ReportService service)
    {
        await FollowsAsync(service);
        var before = await PositionAsync(service);
        await Eventually.HoldsAsync(
            async () => await PositionAsync(service) > before,
            "the service handles more"
        );
    }

    private static Task FollowsAsync(ReportService service) =>
        Eventually.HoldsAsync(
            async () => (string?)(await OrdersAsync(service))["state"] == "following",
            "the service is being told"
        );

    private static async Task<long> PositionAsync(ReportService service) =>
        (long?)(await OrdersAsync(service))["position"] ?? 0;

    private static async Task<JsonNode> OrdersAsync(ReportService service) =>
        (await service.Api.GetAsync("/health/ready")).Json["streams"]!["orders"]!;

    /// <summary>Whatever takes back what a day's figures were made of.</summary>
    private static async Task ChangeTheirMindsAsync(HostProcess host, Story story)
    {
        var admin = host.Tokens.Operator();
        (await story.TryCancelAsync(await story.PlaceAsync())).ShouldBe(200);
        var reviews = new List<Guid>();
        for (var review = 0; review < 3; review++)
            reviews.Add(await story.ReviewAsync(await story.DeliverOneAsync(), 1));
        var scores = new
        {
            foodRating = 5,
            deliveryRating = 5,
            text = "On second thoughts.",
        };
        (await host.Api.PutAsync($"/api/reviews/{reviews[0]}", story.Customer, scores)).ShouldBe(200);
        (await host.Api.PostAsync($"/api/reviews/{reviews[1]}/hide", admin)).Succeeded.ShouldBeTrue();
        (
            await host.Api.SendAsync(HttpMethod.Delete, $"/api/reviews/{reviews[2]}", story.Customer)
        ).Succeeded.ShouldBeTrue();
    }

    private static async Task IsShownWithItsLagAsync(HostProcess host)
    {
        foreach (var module in new[] { "Orders", "Reviews" })
        {
            await Eventually.HoldsAsync(
                async () =>
                    (await RelaysAsync(host))[module]["followers"]!
                        .AsArray()
                        .SingleOrDefault(follower => (string)follower!["module"]! == "report")
                        is { } shown
                    && (long?)shown["lag"] == 0
                    && (long?)shown["position"] > 0,
                $"operators see that the service has heard all that {module} said"
            );
        }
        (await host.Api.GetAsync("/ops", host.Tokens.Operator()))
            .ShouldBe(200)
            .Body.ShouldContain("→ report");
    }

    private static Task IsRelayedAsync(HostProcess host) =>
        Eventually.HoldsAsync(
            async () => (await RelaysAsync(host)).Values.All(relay => (long?)relay["lag"] == 0),
            "the broker has confirmed everything"
        );

    private static async Task<IReadOnlyDictionary<string, JsonNode>> RelaysAsync(HostProcess host) =>
        (await host.Api.GetAsync("/api/ops/modules", host.Tokens.Operator()))
            .ShouldBe(200)
            .Json.AsArray()
            .Where(module => module!["relay"] is not null)
            .ToDictionary(module => (string)module!["name"]!, module => module!["relay"]!);

    /// <summary>Empties the queue of the service, as somebody does by mistake.</summary>
    private static async Task LoseAsync(ReportScene scene, string stream)
    {
        var factory = new ConnectionFactory { Uri = new Uri(scene.Environment["REPORT_BROKER"]) };
        await using var connection = await factory.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        (await channel.QueuePurgeAsync(scene.QueueOf(stream))).ShouldBeGreaterThan(0u);
    }
}
