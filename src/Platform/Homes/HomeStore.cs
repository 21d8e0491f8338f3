using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Data;
using Platform.Modules;

namespace Platform.Homes;

/// <summary>Reads and changes where a module is at home, and who is there to run it.</summary>
internal sealed class HomeStore(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>Null when nobody has opened the schema yet.</summary>
    public async Task<Home?> ReadAsync(ModuleDefinition module, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await ReadAsync(Context(scope, module), cancellationToken);
    }

    /// <summary>
    /// Where the module is at home according to a schema that may be of an older build, or empty; null when that does
    /// not say.
    /// </summary>
    public async Task<Home?> LookAsync(ModuleDefinition module, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(module, cancellationToken);
        }
        catch (System.Data.Common.DbException failure) when (!DatabaseFailure.IsUnreachable(failure))
        {
            return null;
        }
    }

    /// <summary>Reads where it is at home; a schema that nobody has opened yet is at home at <paramref name="name"/>.</summary>
    public async Task<Home> OpenAsync(
        ModuleDefinition module,
        string name,
        CancellationToken cancellationToken
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(scope, module);
        if (await ReadAsync(context, cancellationToken) is { } known)
            return known;
        var made = new Home
        {
            Stream = module.Stream,
            Name = name,
            Since = clock.GetUtcNow(),
        };
        context.Homes.Add(made);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return made;
        }
        catch (DbUpdateException raced) when (DatabaseFailure.IsDuplicate(raced))
        {
            return (await ReadAsync(context, cancellationToken))!;
        }
        finally
        {
            context.ChangeTracker.Clear();
        }
    }

    /// <summary>Changes where it is at home, if that is still as it was, and notes who did it.</summary>
    /// <returns>False when somebody else changed it first.</returns>
    public async Task<bool> TryChangeAsync(
        ModuleDefinition module,
        Home from,
        Home to,
        AuditEntry? entry,
        CancellationToken cancellationToken
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(scope, module);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var changed = await context
            .Homes.Where(row =>
                row.Stream == from.Stream
                && row.Epoch == from.Epoch
                && row.State == from.State
                && row.Name == from.Name
                && row.NextName == from.NextName
                && row.FormerName == from.FormerName
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
                        .SetProperty(row => row.Trouble, to.Trouble)
                        .SetProperty(row => row.Since, to.Since),
                cancellationToken
            );
        if (changed == 0)
            return false;
        if (entry is not null)
        {
            context.Audit.Add(entry);
            await context.SaveChangesAsync(cancellationToken);
        }
        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    /// <summary>Says what holds a move up; null when nothing does any more.</summary>
    public async Task TellAsync(
        ModuleDefinition module,
        Home of,
        string? trouble,
        CancellationToken cancellationToken
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        await Context(scope, module)
            .Homes.Where(row => row.Epoch == of.Epoch && row.State == of.State)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Trouble, trouble), cancellationToken);
    }

    /// <summary>Stops the module, or starts it again, wherever it is.</summary>
    public async Task PauseAsync(
        ModuleDefinition module,
        bool isPaused,
        AuditEntry entry,
        CancellationToken cancellationToken
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(scope, module);
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
    public async Task BeatAsync(
        ModuleDefinition module,
        Presence presence,
        CancellationToken cancellationToken
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(scope, module);
        var found = await context
            .Presences.Where(row => row.Id == presence.Id)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(row => row.Beat, presence.Beat)
                        .SetProperty(row => row.Epoch, presence.Epoch)
                        .SetProperty(row => row.State, presence.State)
                        .SetProperty(row => row.UnderWay, presence.UnderWay)
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

    public async Task<IReadOnlyList<Presence>> PresencesAsync(
        ModuleDefinition module,
        CancellationToken cancellationToken
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        return await Context(scope, module).Presences.AsNoTracking().ToListAsync(cancellationToken);
    }

    /// <summary>Forgets who was there; those who still are say so again.</summary>
    public async Task ForgetPresencesAsync(ModuleDefinition module, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await Context(scope, module).Presences.ExecuteDeleteAsync(cancellationToken);
    }

    private static Task<Home?> ReadAsync(ModuleDbContext context, CancellationToken cancellationToken) =>
        context
            .Homes.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Stream == context.Schema, cancellationToken);

    private static ModuleDbContext Context(AsyncServiceScope scope, ModuleDefinition module) =>
        (ModuleDbContext)scope.ServiceProvider.GetRequiredService(module.DatabaseContext!);
}
