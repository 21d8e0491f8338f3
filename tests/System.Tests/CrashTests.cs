using System.Collections.Concurrent;
using System.Tests.Running;

namespace System.Tests;

/// <summary>What was acknowledged survives a kill -9 of the whole process, and happens once.</summary>
public sealed class CrashTests
{
    private const int Wanted = 24;

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
        await using (var host = await HostProcess.StartAsync(deployment))
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
        acknowledged.Count.ShouldBeLessThan(Wanted);

        await using var again = await HostProcess.StartAsync(
            deployment,
            "--Modules:Riders:SweepEvery=00:00:00.1"
        );
        story = story.At(again.Api);
        foreach (var (key, order) in acknowledged)
            (await story.TryPlaceAsync(key)).ShouldBe(201).Id("orderId").ShouldBe(order);
        for (var number = 0; number < Wanted; number++)
            (await story.TryPlaceAsync($"burst {number}")).ShouldBe(201);
        var orders = deployment.Of("orders");
        orders.Count("order").ShouldBe(Wanted);
        orders.KeysOf("orders.order-placed.v1").Distinct().Count().ShouldBe(Wanted);
        orders.Count("outbox", "\"Type\" = 'orders.order-placed.v1'").ShouldBe(Wanted);

        foreach (var order in acknowledged.Values)
            await story.DeliverAsync(order);

        orders.KeysOf("orders.order-delivered.v1").ShouldBe(acknowledged.Values);
    }
}
