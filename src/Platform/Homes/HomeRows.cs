using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Extraction;

namespace Platform.Homes;

/// <summary>What one database says of where its module is at home, and who is there to run it.</summary>
internal sealed class HomeRows(ModuleDbContext context)
{
    /// <summary>Null when nobody has opened the schema yet.</summary>
    public Task<Home?> ReadAsync(CancellationToken cancellationToken) =>
        context
            .Homes.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Stream == context.Schema, cancellationToken);

    /// <summary>Writes the first row; false when somebody else did.</summary>
    public async Task<bool> TryAddAsync(Home home, CancellationToken cancellationToken)
    {
        context.Homes.Add(home);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException raced) when (DatabaseFailure.IsDuplicate(raced))
        {
            return false;
        }
        finally
        {
            context.ChangeTracker.Clear();
        }
    }

    /// <summary>Changes where it is at home, if that is still as it was, and notes who did it.</summary>
    /// <returns>False when somebody else changed it first.</returns>
    public async Task<bool> TryChangeAsync(
        Home from,
        Home to,
        AuditEntry? entry,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var changed = await context
            .Homes.Where(row =>
                row.Stream == from.Stream
                && row.Epoch == from.Epoch
                && row.State == from.State
                && row.Name == from.Name
                && row.NextName == from.NextName
                && row.FormerName == from.FormerName
                && row.HoldsData == from.HoldsData
                && row.IsPaused == from.IsPaused
            )
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.Name, to.Name)
                        .SetProperty(row => row.Address, to.Address)
                        .SetProperty(row => row.Epoch, to.Epoch)
                        .SetProperty(row => row.State, to.State)
                        .SetProperty(row => row.NextName, to.NextName)
                        .SetProperty(row => row.NextAddress, to.NextAddress)
                        .SetProperty(row => row.FormerName, to.FormerName)
                        .SetProperty(row => row.FormerAddress, to.FormerAddress)
                        .SetProperty(row => row.HoldsData, to.HoldsData)
                        .SetProperty(row => row.TakesData, to.TakesData)
                        .SetProperty(row => row.IsPaused, to.IsPaused)
                        .SetProperty(row => row.Trouble, to.Trouble)
                        .SetProperty(row => row.Since, to.Since),
                cancellationToken
            );
        if (changed == 0)
            return false;
        // On the same database both homes may write until the one that is left has ended what it had begun.
        if (to is { State: HomeState.Switching, TakesData: false })
            await Fence.LetThroughAsync(context, mayWrite: null, cancellationToken);
        if (entry is not null)
        {
            context.Audit.Add(entry);
            await context.SaveChangesAsync(cancellationToken);
            context.ChangeTracker.Clear();
        }
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Ends a hand-over where it began: the present home goes on, and is let through the fence.</summary>
    /// <param name="of">The home as it was seen.</param>
    /// <param name="trouble">Why; null when that needs no reason.</param>
    /// <param name="beat">The beat at which whoever drives it has stopped; null for whoever drives it.</param>
    /// <param name="cancellationToken">Stops before anything is changed.</param>
    /// <returns>False when it is not being handed over any more.</returns>
    public async Task<bool> TryStepBackAsync(
        Home of,
        string? trouble,
        long? beat,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var changed = await context
            .Homes.Where(row =>
                row.Epoch == of.Epoch
                && row.State == HomeState.HandingOver
                && row.HoldsData == of.HoldsData
                && (beat == null || row.DriverBeat == beat)
            )
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.State, HomeState.Preparing)
                        .SetProperty(row => row.Trouble, trouble),
                cancellationToken
            );
        if (changed == 0)
            return false;
        if (of.HoldsData)
            await Fence.LetThroughAsync(context, of.Name, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Why the database could not be told to refuse whoever is not at home; null when it can be.</summary>
    public async Task<string?> WhyNoFenceAsync(CancellationToken cancellationToken) =>
        await Fence.CanBePreparedAsync(context, cancellationToken)
            ? null
            : $"The login to '{context.Schema}' does not own its tables, so that it cannot keep others from writing to them: run 'extract {context.Schema} --fence' with the login that does.";

    /// <summary>Gives the tables what can refuse a write later on; nobody is refused yet.</summary>
    public Task PrepareFenceAsync(CancellationToken cancellationToken) =>
        Fence.PrepareAsync(context, MoveSide.SentenceOf(context.Schema), cancellationToken);

    /// <summary>The same for tables that a migration added, if the others have it.</summary>
    public Task ExtendFenceAsync(CancellationToken cancellationToken) =>
        Fence.ExtendAsync(context, MoveSide.SentenceOf(context.Schema), cancellationToken);

    /// <summary>Has the database refuse whoever is not at home where the module has gone over to.</summary>
    /// <returns>Why it does not yet; null when it does, and nothing of before can be committed any more.</returns>
    public async Task<string?> FenceAsync(Home home, CancellationToken cancellationToken)
    {
        try
        {
            await Fence.PutUpAsync(
                context,
                home.Name,
                MoveSide.SentenceOf(context.Schema),
                cancellationToken,
                RefuseUnlessUnchangedAsync
            );
            return null;
        }
        catch (Exception held) when (held is WritersInFlightException or MoveRefusedException)
        {
            return held.Message;
        }

        async Task RefuseUnlessUnchangedAsync()
        {
            var unchanged = await context
                .Homes.Where(row => row.Epoch == home.Epoch && row.State == home.State)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.Trouble, row => row.Trouble),
                    cancellationToken
                );
            if (unchanged == 0)
                throw new MoveRefusedException($"Where '{home.Stream}' is at home has just been changed.");
        }
    }

    /// <summary>Says what holds a move up; null when nothing does any more.</summary>
    public Task TellAsync(Home of, string? trouble, CancellationToken cancellationToken) =>
        context
            .Homes.Where(row => row.Epoch == of.Epoch && row.State == of.State)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Trouble, trouble), cancellationToken);

    /// <summary>Stops the module, or starts it again, wherever it is.</summary>
    public async Task PauseAsync(bool isPaused, AuditEntry entry, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        await context.Homes.ExecuteUpdateAsync(
            set => set.SetProperty(row => row.IsPaused, isPaused),
            cancellationToken
        );
        context.Audit.Add(entry);
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Says that a process is there.</summary>
    public async Task BeatAsync(Presence presence, CancellationToken cancellationToken)
    {
        var found = await context
            .Presences.Where(row => row.Id == presence.Id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.Beat, presence.Beat)
                        .SetProperty(row => row.Epoch, presence.Epoch)
                        .SetProperty(row => row.State, presence.State)
                        .SetProperty(row => row.UnderWay, presence.UnderWay)
                        .SetProperty(row => row.Held, presence.Held)
                        .SetProperty(row => row.HeldFor, presence.HeldFor)
                        .SetProperty(row => row.Trouble, presence.Trouble),
                cancellationToken
            );
        if (found > 0)
            return;
        context.Presences.Add(presence);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException raced) when (DatabaseFailure.IsDuplicate(raced))
        {
            // This process said so in the same moment.
        }
        finally
        {
            context.ChangeTracker.Clear();
        }
    }

    /// <summary>
    /// Says that a command drives the move, and that it is alive. One takes another's place by naming it and the beat at
    /// which it has stopped.
    /// </summary>
    /// <returns>False when somebody else drives it.</returns>
    public async Task<bool> TryDriveAsync(
        (Guid? Driver, long Beat) known,
        Guid driver,
        long beat,
        string? progress,
        CancellationToken cancellationToken
    ) =>
        await context
            .Homes.Where(row => row.Driver == known.Driver && row.DriverBeat == known.Beat)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.Driver, driver)
                        .SetProperty(row => row.DriverBeat, beat)
                        .SetProperty(row => row.Progress, progress),
                cancellationToken
            ) > 0;

    /// <summary>A command drives the move no more.</summary>
    public Task LeaveAsync(Guid driver) =>
        context
            .Homes.Where(row => row.Driver == driver)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Driver, (Guid?)null));

    public async Task<IReadOnlyList<Presence>> PresencesAsync(CancellationToken cancellationToken) =>
        await context.Presences.AsNoTracking().ToListAsync(cancellationToken);

    /// <summary>How much of the module's work is leased to one of these processes.</summary>
    public Task<int> LeasesAsync(IReadOnlyList<Guid> processes, CancellationToken cancellationToken) =>
        context.Cursors.CountAsync(
            row =>
                row.LeasedUntil != null && row.LeaseOwner != null && processes.Contains(row.LeaseOwner.Value),
            cancellationToken
        );

    /// <summary>Forgets who was there; those who still are say so again.</summary>
    public Task ForgetPresencesAsync(CancellationToken cancellationToken) =>
        context.Presences.ExecuteDeleteAsync(cancellationToken);
}
