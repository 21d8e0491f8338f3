using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Brokers;
using Platform.Data;
using Platform.Modules;
using Platform.Streams;

namespace Platform.Homes;

/// <summary>
/// Takes each move that is under way a step further, and the next. A process of the module's home does it, one at a
/// time; all that is known of a move is in the module's schema, so that another goes on when one is killed.
/// </summary>
internal sealed class Mover(
    ModuleCatalog modules,
    ModuleGates gates,
    ModuleHomes homes,
    HomeStore store,
    HomeWatch watch,
    DataMoveAttendant attendant,
    FollowerPlaces places,
    IServiceScopeFactory scopes,
    ReplicaId replica,
    FaultPoints faults,
    StreamOptions options,
    TimeProvider clock,
    ILogger<Mover> logger
) : BackgroundService
{
    /// <summary>The name of the lease on a module's move, among the cursors of its schema.</summary>
    public const string LeaseName = "(move)";

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(
            modules
                .Modules.Where(module => module.DatabaseContext is not null)
                .Select(module => RunAsync(module, stoppingToken))
        );

    private async Task RunAsync(ModuleDefinition module, CancellationToken stopping)
    {
        await gates
            .Of(module)
            .FirstTry.WaitAsync(stopping)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var lease = new CursorStore(module, LeaseName, scopes, replica.Value, options, clock);
        var attendance = new Attendance(clock, PatienceWithBeats);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await StepAsync(module, lease, attendance, stopping);
            }
            catch (Exception failure) when (!stopping.IsCancellationRequested)
            {
                if (!DatabaseFailure.IsUnreachable(failure))
                    logger.LogWarning(failure, "{Module}: its move goes on another time", module.Name);
            }
            await Task.Delay(options.Poll / 2, clock, stopping)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await lease
            .ReleaseAsync(CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>A process that has not said for so many looks that it is there is taken not to be.</summary>
    private TimeSpan PatienceWithBeats => 8 * options.Poll;

    /// <summary>How long a move is prepared before it is given up.</summary>
    private TimeSpan PatienceWithPreparation => 30 * options.Poll;

    private async Task StepAsync(
        ModuleDefinition module,
        CursorStore lease,
        Attendance attendance,
        CancellationToken stopping
    )
    {
        if (gates.Of(module) is not { IsReady: true })
            return;
        if (
            await store.OnAsync(module, rows => rows.ReadAsync(stopping))
            is not { State: not HomeState.Settled } home
        )
        {
            attendance.Forget();
            return;
        }
        if (home.TakesData)
        {
            await attendant.StepAsync(module, home, stopping);
            return;
        }
        // The others may be kept from writing by now.
        if (!home.IsAt(homes.Here) || !await lease.HoldAsync(stopping))
            return;
        var present = attendance.Of(home, await store.OnAsync(module, rows => rows.PresencesAsync(stopping)));
        var trouble =
            home.State is HomeState.Preparing
                ? await PrepareAsync(module, home, present, stopping)
                : await SwitchAsync(module, home, present, stopping);
        if (trouble is null)
        {
            await lease.ReleaseAsync(stopping);
            await watch.LookAsync(module, stopping);
            return;
        }
        if (trouble != home.Trouble)
            await store.OnAsync(module, rows => rows.TellAsync(home, trouble, stopping));
        if (home.State is HomeState.Preparing && attendance.Lasts > PatienceWithPreparation)
            await GiveUpAsync(module, home, trouble, stopping);
    }

    /// <summary>Goes over to the next home once nothing speaks against it.</summary>
    /// <returns>What does; null when it has been done.</returns>
    private async Task<string?> PrepareAsync(
        ModuleDefinition module,
        Home home,
        IReadOnlyList<Presence> present,
        CancellationToken stopping
    )
    {
        var next = present.Where(one => one.Name == home.NextName).ToList();
        if (next.Count == 0)
            return $"'{home.NextName}' is not seen in the database of {module.Name}: start it, with the same Modules:{module.Name}:Database.";
        if (!present.Any(one => one.Name == home.Name))
            return $"No process of '{home.Name}' has said yet that it knows of the move.";
        if (present.FirstOrDefault(one => one.Trouble is not null) is { } troubled)
            return troubled.Trouble;
        if (present.Any(one => one.Epoch != home.Epoch || one.State != home.State))
            return "Not every process has said yet that it knows of the move.";
        if (await store.OnAsync(module, rows => rows.WhyNoFenceAsync(stopping)) is { } unfenced)
            return unfenced;
        await store.OnAsync(module, rows => rows.PrepareFenceAsync(stopping));
        faults.Pass("fence prepared");
        await places.SetAsync(module, stopping);
        faults.Pass("prepared");
        var to = home.GoneOver(clock.GetUtcNow());
        if (
            await store.OnAsync(
                module,
                rows => rows.TryChangeAsync(home, to, Entry($"{module.Name} goes over to {to}."), stopping)
            )
        )
            logger.LogWarning("{Module} goes over to {Home}", module.Name, to.ToString());
        faults.Pass("switched");
        return null;
    }

    /// <summary>Ends the move once the former home has ended what it had begun.</summary>
    /// <returns>What it still waits for; null when it has been done.</returns>
    private async Task<string?> SwitchAsync(
        ModuleDefinition module,
        Home home,
        IReadOnlyList<Presence> present,
        CancellationToken stopping
    )
    {
        if (present.FirstOrDefault(one => one.Epoch != home.Epoch) is { } behind)
            return $"A process of '{behind.Name}' has not said yet that it knows of the new home.";
        var leaving = present.Where(one => one.Name == home.FormerName).ToList();
        if (leaving.Find(one => one.UnderWay > 0) is { } busy)
            return $"A process of '{busy.Name}' still has {busy.UnderWay} under way.";
        var processes = leaving.ConvertAll(one => one.Id);
        if (await store.OnAsync(module, rows => rows.LeasesAsync(processes, stopping)) is > 0 and var leases)
            return $"A process of '{home.FormerName}' still holds {leases} leases.";
        faults.Pass("left");
        if (await store.OnAsync(module, rows => rows.FenceAsync(home, stopping)) is { } unfenced)
            return unfenced;
        faults.Pass("fenced");
        var to = home.Settled(null, clock.GetUtcNow());
        if (
            await store.OnAsync(
                module,
                rows => rows.TryChangeAsync(home, to, Entry($"{module.Name} is at home at {to}."), stopping)
            )
        )
        {
            await store.OnAsync(module, rows => rows.ForgetPresencesAsync(stopping));
            logger.LogWarning("{Module} is at home at {Home}", module.Name, to.ToString());
        }
        faults.Pass("settled");
        return null;
    }

    private async Task GiveUpAsync(
        ModuleDefinition module,
        Home home,
        string trouble,
        CancellationToken stopping
    )
    {
        var to = home.Settled(trouble, clock.GetUtcNow());
        var entry = Entry($"The move of {module.Name} to '{home.NextName}' was given up: {trouble}");
        if (await store.OnAsync(module, rows => rows.TryChangeAsync(home, to, entry, stopping)))
        {
            await store.OnAsync(module, rows => rows.ForgetPresencesAsync(stopping));
            logger.LogWarning("{Module} stays at {Home}: {Trouble}", module.Name, to.ToString(), trouble);
        }
    }

    private AuditEntry Entry(string detail) => AuditEntry.Of(clock.GetUtcNow(), null, "move", detail);
}
