using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.Extensions.DependencyInjection;
using Platform.Modules;

namespace Platform.Data;

/// <summary>
/// Commits together what different requests add at the same time: one statement batch, one transaction, one flush of
/// the log. Only additions can share a transaction without one being able to spoil what another has read. When the
/// group is refused, each is saved by itself, and whose fault it was is told that one alone.
/// </summary>
internal sealed class GroupCommit(IServiceScopeFactory scopes)
{
    private const int LargestGroup = 100;

    /// <summary>While one waits for the disk, the processor prepares another.</summary>
    private const int GroupsAtOnce = 2;

    private readonly ConcurrentDictionary<ModuleDefinition, Grouping<Additions, bool>> _groups = new();

    /// <summary>Saves what <paramref name="context"/> has changed, in company where it can be.</summary>
    public async Task SaveAsync(
        ModuleDefinition module,
        ModuleDbContext context,
        CancellationToken cancellationToken
    )
    {
        if (
            Additions.Of(context) is { } additions
            && await _groups.GetOrAdd(module, GroupsOf).JoinAsync(additions)
        )
        {
            return;
        }
        await context.SaveChangesAsync(cancellationToken);
    }

    private Grouping<Additions, bool> GroupsOf(ModuleDefinition module) =>
        new(LargestGroup, GroupsAtOnce, group => TrySaveAsync(module, group));

    /// <summary>True for all of them, or for none.</summary>
    private async Task<IReadOnlyList<bool>> TrySaveAsync(
        ModuleDefinition module,
        IReadOnlyList<Additions> group
    )
    {
        if (group is [var alone])
        {
            await alone.SaveAsync();
            return [true];
        }
        await using var scope = scopes.CreateAsyncScope();
        var context = (ModuleDbContext)scope.ServiceProvider.GetRequiredService(module.DatabaseContext!);
        context.ChangeTracker.AutoDetectChangesEnabled = false;
        var saved = true;
        try
        {
            foreach (var additions in group)
                additions.AddTo(context);
            await context.SaveChangesAsync(CancellationToken.None);
        }
        catch (Exception refused)
            when (refused is DbUpdateException or InvalidOperationException
                && !DatabaseFailure.IsUnreachable(refused)
            )
        {
            saved = false;
        }
        finally
        {
            context.EndWork();
        }
        return [.. Enumerable.Repeat(saved, group.Count)];
    }

    /// <summary>What one request adds, and nothing else does it change.</summary>
    private sealed class Additions(ModuleDbContext owner, IReadOnlyList<EntityEntry> entries)
    {
        public static Additions? Of(ModuleDbContext context)
        {
            if (context.Database.CurrentTransaction is not null)
                return null;
            var entries = context
                .ChangeTracker.Entries()
                .Where(entry => entry.State != EntityState.Unchanged)
                .ToList();
            return entries.Count > 0 && entries.TrueForAll(IsAdded) ? new Additions(context, entries) : null;
        }

        public Task SaveAsync() => owner.SaveChangesAsync();

        public void AddTo(ModuleDbContext context)
        {
            foreach (var entry in entries)
            {
                var added = context.Entry(entry.Entity);
                // Not Add, which would take along whatever the entity refers to.
                added.State = EntityState.Added;
                foreach (var shadow in entry.Metadata.GetProperties().Where(one => one.IsShadowProperty()))
                {
                    if (!shadow.IsKey())
                        added.Property(shadow.Name).CurrentValue = entry.Property(shadow.Name).CurrentValue;
                }
            }
        }

        private static bool IsAdded(EntityEntry entry) =>
            entry.State == EntityState.Added && !entry.Metadata.IsOwned();
    }
}
