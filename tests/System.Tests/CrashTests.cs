using System.Collections.Concurrent;
using System.Tests.Running;

namespace System.Tests;

/// <summary>What was acknowledged survives a kill -9 of the whole process, and happens once.</summary>
public sealed class CrashTests
{
    private const int Wanted = 24;

    /// <summary>Twice this after a payment was begun it has its order, or is given back.</summary>
    private const string Wait = "--Modules:Orders:UnknownAuthorisationWait=00:00:05";

    private const string Unplaced = "\"OrderId\" NOT IN (SELECT \"Id\" FROM \"order\")";

    [Theory]
    [InlineData(Engines.Sqlite)]
    [InlineData(Engines.PostgreSql)]
    [InlineData(Engines.Mixed)]
    public async Task Killed_in_a_burst_of_placings_every_acknowledged_order_is_there_once_and_is_delivered(
        Engines engines
    )
    {
        using var deployment = await Deployment.OnAsync(engines);
        var acknowledged = new ConcurrentDictionary<string, Guid>(StringComparer.Ordinal);
        var killed = new TaskCompletionSource();
        Story story;
        await using (var host = await HostProcess.StartAsync(deployment, Wait))
        {
            story = await Story.BeginAsync(host);
            var burst = Parallel.ForEachAsync(
                Enumerable.Range(0, Wanted),
                new ParallelOptions { MaxDegreeOfParallelism = 6 },
                async (number, _) =>
                {
                    // However fast it sells, the host goes down amid the burst and not behind it.
                    if (number >= 2 * Wanted / 3)
                        await killed.Task;
                    var answer = await story.TryPlaceAsync($"burst {number}");
                    acknowledged[$"burst {number}"] = answer.ShouldBe(201).Id("orderId");
                }
            );
            await Eventually.HoldsAsync(() => acknowledged.Count >= Wanted / 3, "the burst is under way");

            await host.KillAsync();
            killed.SetResult();

            await Should.ThrowAsync<HttpRequestException>(burst);
        }
        var orders = deployment.Of("orders");
        orders.Count("payment_intention", Unplaced).ShouldBeGreaterThan(0);
        acknowledged.Count.ShouldBeLessThan(Wanted);

        await using var again = await HostProcess.StartAsync(
            deployment,
            "--Modules:Riders:SweepEvery=00:00:00.1",
            Wait
        );
        story = story.At(again.Api);
        foreach (var (key, order) in acknowledged)
            (await story.TryPlaceAsync(key)).ShouldBe(201).Id("orderId").ShouldBe(order);
        for (var number = 0; number < Wanted; number++)
            (await story.TryPlaceAsync($"burst {number}")).ShouldBe(201);
        orders.Count("order").ShouldBe(Wanted);
        orders.KeysOf("orders.order-placed.v1").Distinct().Count().ShouldBe(Wanted);
        orders.Count("outbox", "\"Type\" = 'orders.order-placed.v1'").ShouldBe(Wanted);

        foreach (var order in acknowledged.Values)
            await story.DeliverAsync(order);

        orders.KeysOf("orders.order-delivered.v1").ShouldBe(acknowledged.Values);
        // Whatever the killed process may have held for no order is given back.
        await Eventually.HoldsAsync(
            () =>
                orders.Count("payment_intention") == 0
                && orders.Count("settlement", "\"DueAt\" IS NOT NULL") == 0,
            "nothing that was begun is left"
        );
        orders.Count("settlement", "\"OrderId\" IS NULL").ShouldBeGreaterThan(0);
    }
}
