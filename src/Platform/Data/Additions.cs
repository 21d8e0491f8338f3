using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Platform.Streams;

namespace Platform.Data;

/// <summary>What one unit of work adds, when it changes nothing else.</summary>
internal sealed record Additions(ModuleDbContext Owner, IReadOnlyList<EntityEntry> Entries)
{
    public IEnumerable<OutboxRow> Said => Entries.Select(entry => entry.Entity).OfType<OutboxRow>();

    /// <summary>Null when more than additions is to be saved, or a transaction has begun.</summary>
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
        return entries.TrueForAll(IsAdded) ? new Additions(context, entries) : null;
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
