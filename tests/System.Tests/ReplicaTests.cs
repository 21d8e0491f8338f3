using System.Diagnostics;
using System.Tests.Running;

namespace System.Tests;

/// <summary>Two processes on the same data share the work, and each event takes effect once.</summary>
public sealed class ReplicaTests(ITestOutputHelper output)
{
    private static readonly string[] Arguments =
    [
        "--Modules:Riders:SaveLocationsEvery=00:00:00.2",
        "--Modules:Riders:SweepEvery=00:00:00.1",
        "--Streams:Poll=00:00:00.100",
    ];

    [Theory]
    [InlineData(Engines.Sqlite)]
    [InlineData(Engines.PostgreSql)]
    [InlineData(Engines.Mixed)]
    public async Task Two_processes_on_one_deployment_both_serve_and_each_event_counts_once(Engines engines)
    {
        using var deployment = await Deployment.OnAsync(engines);
        await using var first = await HostProcess.StartAsync(deployment, Arguments);
        await using var second = await HostProcess.StartAsync(deployment, Arguments);
        var here = await Story.BeginAsync(first);
        var there = here.At(second.Api);

        var placings = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(number => (number % 2 == 0 ? here : there).TryPlaceAsync("one key"))
        );
        placings.ShouldAllBe(placing => placing.Status == 201);
        placings.Select(placing => placing.Id("orderId")).Distinct().Count().ShouldBe(1);

        List<Guid> orders = [placings[0].Id("orderId")];
        for (var number = 0; number < 5; number++)
            orders.Add(await (number % 2 == 0 ? here : there).PlaceAsync());
        foreach (var (number, order) in orders.Index())
        {
            await (number % 2 == 0 ? there : here).DeliverAsync(order);
            await (number % 2 == 0 ? here : there).ReviewAsync(order, 5);
        }

        await Eventually.HoldsAsync(async () => await here.RatingAsync() == (5, orders.Count), "the rating");
        (await there.RatingAsync()).ShouldBe((5, orders.Count));
        foreach (var host in new[] { first, second })
            (await host.Api.GetAsync("/health/ready")).ShouldBe(200);
        var riders = deployment.Of("riders");
        riders.Count("delivery").ShouldBe(orders.Count);
        foreach (var said in new[] { "delivery-requested", "delivery-completed" })
            riders.Count("outbox", $"\"Type\" = 'riders.{said}.v1'").ShouldBe(orders.Count, said);
        deployment.Of("orders").KeysOf("orders.order-delivered.v1").ShouldBe(orders);
        foreach (var module in new[] { "orders", "riders", "reviews" })
            deployment.Of(module).Count("dead_letter").ShouldBe(0, module);
    }

    /// <summary>Ten seconds are the promise: what is left of a lease, and a poll.</summary>
    [Theory]
    [InlineData(Engines.Sqlite)]
    [InlineData(Engines.PostgreSql)]
    public async Task When_one_is_killed_the_other_takes_its_work_over(Engines engines)
    {
        using var deployment = await Deployment.OnAsync(engines);
        await using var first = await HostProcess.StartAsync(deployment, Arguments);
        await using var second = await HostProcess.StartAsync(deployment, Arguments);
        var story = await Story.BeginAsync(first);
        var order = await story.PlaceAsync();

        await first.KillAsync();
        var killed = Stopwatch.GetTimestamp();
        await Eventually.HoldsAsync(
            async () => (await FollowingAsync(second)).All(state => state == "running"),
            "the other follows every stream"
        );
        var took = Stopwatch.GetElapsedTime(killed);

        await story.At(second.Api).DeliverAsync(order);
        output.WriteLine(
            FormattableString.Invariant($"{engines}: taken over {took.TotalSeconds:0.0} s after the kill.")
        );
    }

    private static async Task<IReadOnlyList<string>> FollowingAsync(HostProcess host)
    {
        var modules = await host.Api.GetAsync("/api/ops/modules", host.Tokens.Operator());
        return
        [
            .. modules
                .ShouldBe(200)
                .Json.AsArray()
                .SelectMany(module => module!["subscriptions"]!.AsArray())
                .Select(subscription => ((string)subscription!["state"]!).ToLowerInvariant()),
        ];
    }
}
