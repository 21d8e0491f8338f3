using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.Extensions.DependencyInjection;
using Platform.Modules;
using Platform.Streams;

namespace Platform.Data;

/// <summary>
/// Commits together what different requests add at the same time: one statement batch, one transaction, one flush of
/// the log. Only additions can share a transaction without one being able to spoil what another has read. When the
/// group is refused, each is saved by itself, and whose fault it was is told that one alone.
/// </summary>
internal sealed class GroupCommit(IServiceScopeFactory scopes, StreamSignals signals)
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
        var saved = true;
        try
        {
            if (await TryInsertAsync(module, group))
                Tell(module, group);
            else if (group is [var alone])
                await alone.Owner.SaveChangesAsync();
            else
                await SaveAsync(module, group);
        }
        catch (Exception refused)
            when (refused is DbException or DbUpdateException or InvalidOperationException
                && (group.Count > 1 || refused is DbException)
                && !DatabaseFailure.IsUnreachable(refused)
            )
        {
            saved = false;
        }
        return [.. Enumerable.Repeat(saved, group.Count)];
    }

    /// <summary>Leaves out Entity Framework's second look at each row, by a connection that one of them lends.</summary>
    private static async Task<bool> TryInsertAsync(ModuleDefinition module, IReadOnlyList<Additions> group)
    {
        var database = group[0].Owner.Database;
        var started = Stopwatch.GetTimestamp();
        string? outcome = "failed";
        try
        {
            var inserted = await DatabaseEngines
                .Of(database)
                .TryInsertAsync(database, [.. group.SelectMany(additions => additions.Entries)]);
            outcome = inserted ? "done" : null;
            return inserted;
        }
        finally
        {
            if (outcome is not null)
                CommandTimer.Note(module.Name, Stopwatch.GetElapsedTime(started), outcome);
        }
    }

    private async Task SaveAsync(ModuleDefinition module, IReadOnlyList<Additions> group)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = (ModuleDbContext)scope.ServiceProvider.GetRequiredService(module.DatabaseContext!);
        context.ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            foreach (var additions in group)
                additions.AddTo(context);
            await context.SaveChangesAsync();
        }
        finally
        {
            context.EndWork();
        }
    }

    private void Tell(ModuleDefinition module, IReadOnlyList<Additions> group)
    {
        foreach (var additions in group)
            additions.Owner.OnSaved(additions.Entries.Select(entry => entry.Entity));
        if (group.Any(additions => additions.Entries.Any(entry => entry.Entity is OutboxRow)))
            signals.Raise(module.Stream);
    }

    /// <summary>What one request adds, and nothing else does it change.</summary>
    private sealed record Additions(ModuleDbContext Owner, IReadOnlyList<EntityEntry> Entries)
    {
        public static Additions? Of(ModuleDbContext context)
        {
            if (context.Database.CurrentTransaction is not null)
                return null;
            var entries = Tracked(context);
            if (!entries.TrueForAll(IsKnownWhole))
            {
                context.ChangeTracker.DetectChanges();
                entries = Tracked(context);
                entries.RemoveAll(entry => entry.State == EntityState.Unchanged);
            }
            return entries.Count > 0 && entries.TrueForAll(IsAdded) ? new Additions(context, entries) : null;
        }

        public void AddTo(ModuleDbContext context)
        {
            foreach (var entry in Entries)
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

        private static List<EntityEntry> Tracked(ModuleDbContext context)
        {
            context.ChangeTracker.AutoDetectChangesEnabled = false;
            try
            {
                return [.. context.ChangeTracker.Entries()];
            }
            finally
            {
                context.ChangeTracker.AutoDetectChangesEnabled = true;
            }
        }

        private static bool IsAdded(EntityEntry entry) =>
            entry.State == EntityState.Added && !entry.Metadata.IsOwned();

        /// <summary>Whether looking for changes can find nothing: what it holds is read when it is saved, and it refers to nothing that may be new.</summary>
        private static bool IsKnownWhole(EntityEntry entry) =>
            IsAdded(entry)
            && !entry
                .Metadata.GetNavigations()
                .Any(navigation => navigation.GetGetter().GetClrValue(entry.Entity) is not null);
    }
}
