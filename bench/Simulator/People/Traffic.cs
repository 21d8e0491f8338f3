using System.Globalization;
using Simulator.Calls;
using Simulator.Identity;
using Simulator.Ledgers;

namespace Simulator.People;

/// <summary>
/// A town's day: stores open, riders start, customers come at a rate whatever the platform is doing, and when the
/// last has come, all go on until nothing is left open. Then everybody goes home.
/// </summary>
internal sealed class Traffic(
    TrafficPlan plan,
    Addresses addresses,
    TokenIssuer issuer,
    Ledger ledger,
    TimeProvider clock,
    Timings? timings = null
)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    /// <summary>Nothing open once may be the instant between two halves of something; nothing open twice is not.</summary>
    private const int QuietLooks = 3;

    private readonly Town _town = new(plan);
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Pace _pace = new(plan.TimeScale, clock);
    private int _visits;

    /// <summary>How many customers have come.</summary>
    public int Visits => _visits;

    /// <summary>Ends when the first customer comes.</summary>
    public Task Begun => _begun.Task;

    /// <summary>Lets the day pass.</summary>
    /// <param name="noMoreCustomers">Ends the coming of customers before the plan does.</param>
    /// <param name="stop">Ends everything at once, whatever is open.</param>
    /// <returns>Whether everything that was open came to its end in time.</returns>
    public async Task<bool> RunAsync(CancellationToken noMoreCustomers, CancellationToken stop)
    {
        using var connection = new Connection(addresses, plan.AnswerWithin, ledger, clock, timings);
        using var home = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var founder = Somebody("operator", "operator", connection);
        await _town.OpenAsync(founder, plan.Seed, stop);

        var keepers = _town.StoreIds.Select((id, index) => KeeperOf(index, id, connection)).ToList();
        var riders = Enumerable
            .Range(0, plan.RidersOrEnough)
            .Select(index => CourierOf(index, connection))
            .ToList();
        List<Task> working =
        [
            .. keepers.Select(keeper => keeper.RunAsync(home.Token)),
            .. riders.Select(rider => rider.RunAsync(home.Token)),
        ];
        var broken = Task.WhenAny(working).Unwrap();

        var visits = await ComeAsync(connection, broken, noMoreCustomers, home.Token);
        var closed = await CloseAsync(founder, broken, Task.WhenAll(visits), stop);

        await home.CancelAsync();
        foreach (var ended in working.Concat(visits))
            await EndAsync(ended);
        if (closed)
            await Task.WhenAll(riders.Select(rider => rider.GoHomeAsync(stop)));
        return closed;
    }

    private async Task<List<Task>> ComeAsync(
        Connection connection,
        Task broken,
        CancellationToken noMoreCustomers,
        CancellationToken home
    )
    {
        var visits = new List<Task>();
        var began = clock.GetTimestamp();
        while (
            !noMoreCustomers.IsCancellationRequested
            && !(_visits >= plan.Orders)
            && !(clock.GetElapsedTime(began) >= plan.Duration)
        )
        {
            var due = TimeSpan.FromSeconds(_visits / plan.Rate) - clock.GetElapsedTime(began);
            if (due > TimeSpan.Zero)
                await Task.Delay(due, clock, noMoreCustomers)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (broken.IsCompleted)
                await broken;
            visits.Add(VisitOf(_visits++, connection).RunAsync(home));
            _begun.TrySetResult();
        }
        return visits;
    }

    private async Task<bool> CloseAsync(Person founder, Task broken, Task visits, CancellationToken stop)
    {
        var since = clock.GetTimestamp();
        for (var quiet = 0; quiet < QuietLooks; )
        {
            if (clock.GetElapsedTime(since) > plan.CloseWithin)
                return false;
            if (broken.IsCompleted)
                await broken;
            quiet = visits.IsCompleted && await NothingIsOpenAsync(founder, stop) ? quiet + 1 : 0;
            await Task.Delay(BetweenLooks, clock, stop);
        }
        await visits;
        return true;
    }

    private static async Task<bool> NothingIsOpenAsync(Person founder, CancellationToken stop)
    {
        var orders = await founder.LookAsync(
            "/api/orders?status=Placed,Accepted,Ready,PickedUp&limit=1",
            stop
        );
        var deliveries = await founder.LookAsync("/api/deliveries?limit=1", stop);
        return orders!["items"]!.AsArray().Count == 0 && deliveries!["items"]!.AsArray().Count == 0;
    }

    private static async Task EndAsync(Task task)
    {
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            // Sent home.
        }
    }

    private Visit VisitOf(int number, Connection connection)
    {
        var visit = VisitPlan.Of(number, plan, _town);
        var customer = Somebody(
            string.Create(CultureInfo.InvariantCulture, $"customer {visit.Customer}"),
            "customer",
            connection
        );
        return new Visit(number, visit, _town.StoreIds[visit.Store], customer, _pace);
    }

    private Keeper KeeperOf(int index, Guid storeId, Connection connection) =>
        new(index, storeId, plan.Seed, Somebody($"keeper {index}", "store", connection, storeId), _pace);

    private Courier CourierOf(int index, Connection connection) =>
        new(index, plan.Seed, _town, Somebody($"rider {index}", "rider", connection), _pace);

    private Person Somebody(string name, string role, Connection connection, Guid? storeId = null)
    {
        var id = Ids.Of(plan.Run, name);
        return new Person(name, id, issuer.Issue(id, role, storeId), connection);
    }
}
