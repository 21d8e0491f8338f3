using Simulator.Databases;

namespace Simulator.Checking;

/// <summary>
/// Waits until the deployment has nothing left to do by itself: every stream is read to its end, every order and
/// delivery is over, every settlement is done.
/// </summary>
internal sealed class Settling(DeploymentStores databases, TimeProvider clock)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    private const string OpenOrders = """
        "Status" IN ('Placed', 'Accepted', 'Ready', 'PickedUp')
        """;

    private const string OpenDeliveries = """
        "Status" IN ('Requested', 'Offered', 'Assigned', 'PickedUp')
        """;

    /// <returns>What is still to be done after <paramref name="limit"/>; null when all is.</returns>
    public async Task<string?> WaitAsync(TimeSpan limit, CancellationToken stop)
    {
        var since = clock.GetTimestamp();
        while (true)
        {
            var left = await LeftAsync(stop);
            if (left is null || clock.GetElapsedTime(since) > limit)
                return left;
            await Task.Delay(BetweenLooks, clock, stop);
        }
    }

    private async Task<string?> LeftAsync(CancellationToken stop)
    {
        if (await databases.Of("orders").CountAsync("order", OpenOrders, stop) is > 0 and var orders)
            return $"{orders} orders are open";
        if (
            await databases.Of("riders").CountAsync("delivery", OpenDeliveries, stop)
            is > 0
                and var deliveries
        )
            return $"{deliveries} deliveries are open";
        if (
            await databases.Of("orders").CountAsync("settlement", "\"DueAt\" IS NOT NULL", stop)
            is > 0
                and var due
        )
            return $"{due} settlements are due";
        foreach (var (module, stream) in databases.Subscriptions)
        {
            var cursors = await databases.Of(module).ReadAsync("cursor", stop);
            var passed = cursors
                .Where(row => row.Text("Stream") == stream)
                .Select(row => row.Number("Position"))
                .DefaultIfEmpty(0)
                .Single();
            var lag = await databases
                .Of(stream)
                .CountAsync("outbox", FormattableString.Invariant($"\"Position\" > {passed}"), stop);
            if (lag > 0)
                return $"{module} is {lag} events behind {stream}";
        }
        return null;
    }
}
