using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Modules;

namespace Platform.Data;

/// <summary>
/// Commits together what different requests add at the same time: one statement batch, one transaction, one flush of
/// the log. Only additions can share a transaction without one being able to spoil what another has read. When the
/// group is refused, each is saved by itself, and whose fault it was is told that one alone.
/// </summary>
internal sealed class GroupCommit(IServiceScopeFactory scopes, RowInserter inserter)
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
            Additions.Of(context) is { Entries.Count: > 0 } additions
            && await _groups.GetOrAdd(module, GroupsOf).JoinAsync(additions)
        )
        {
            return;
        }
        await context.SaveChangesAsync(cancellationToken);
    }

    private Grouping<Additions, bool> GroupsOf(ModuleDefinition module) =>
        new(
            LargestGroup,
            GroupsAtOnce,
            async group => [.. Enumerable.Repeat(await TrySaveAsync(module, group), group.Count)]
        );

    /// <summary>False when the group is refused: nothing of it is saved.</summary>
    private async Task<bool> TrySaveAsync(ModuleDefinition module, IReadOnlyList<Additions> group)
    {
        try
        {
            if (await inserter.TryInsertAsync(module, group))
                return true;
            if (group.Count > 1)
            {
                await SaveAsync(module, group);
                return true;
            }
        }
        catch (DbException taken) when (group.Count == 1 && DatabaseFailure.IsDuplicate(taken))
        {
            // It would be refused once more, at the price of another position.
            throw new DbUpdateException("What was to be added is there already.", taken);
        }
        catch (Exception refused)
            when (refused is DbException or DbUpdateException or InvalidOperationException
                && !DatabaseFailure.IsUnreachable(refused)
            )
        {
            return false;
        }
        await group[0].Owner.SaveChangesAsync();
        return true;
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
}
