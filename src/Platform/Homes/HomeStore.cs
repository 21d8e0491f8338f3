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
        return await Rows(scope, module).ReadAsync(cancellationToken);
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
        var rows = Rows(scope, module);
        if (await rows.ReadAsync(cancellationToken) is { } known)
            return known;
        var made = new Home
        {
            Stream = module.Stream,
            Name = name,
            Since = clock.GetUtcNow(),
        };
        return await rows.TryAddAsync(made, cancellationToken)
            ? made
            : (await rows.ReadAsync(cancellationToken))!;
    }

    /// <inheritdoc cref="HomeRows.TryChangeAsync"/>
    public async Task<bool> TryChangeAsync(
        ModuleDefinition module,
        Home from,
        Home to,
        AuditEntry? entry,
        CancellationToken cancellationToken
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        return await Rows(scope, module).TryChangeAsync(from, to, entry, cancellationToken);
    }

    /// <inheritdoc cref="HomeRows.TellAsync"/>
    public async Task TellAsync(
        ModuleDefinition module,
        Home of,
        string? trouble,
        CancellationToken cancellationToken
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        await Rows(scope, module).TellAsync(of, trouble, cancellationToken);
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

    /// <inheritdoc cref="HomeRows.PresencesAsync"/>
    public async Task<IReadOnlyList<Presence>> PresencesAsync(
        ModuleDefinition module,
        CancellationToken cancellationToken
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        return await Rows(scope, module).PresencesAsync(cancellationToken);
    }

    /// <inheritdoc cref="HomeRows.ForgetPresencesAsync"/>
    public async Task ForgetPresencesAsync(ModuleDefinition module, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await Rows(scope, module).ForgetPresencesAsync(cancellationToken);
    }

    private static HomeRows Rows(AsyncServiceScope scope, ModuleDefinition module) =>
        new(Context(scope, module));

    private static ModuleDbContext Context(AsyncServiceScope scope, ModuleDefinition module) =>
        (ModuleDbContext)scope.ServiceProvider.GetRequiredService(module.DatabaseContext!);
}
