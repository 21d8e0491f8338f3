using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Platform.Commands;
using Platform.Domain;
using Platform.Homes;
using Platform.Streams;

namespace Platform.Data;

/// <summary>
/// A module's own database: its aggregates, and beside them in the same schema the outbox of what it says, the
/// cursors of what it follows, and its dead letters, so that all of them commit together. Contexts are pooled: one
/// that is given back is used again for something else.
/// </summary>
public abstract class ModuleDbContext : DbContext
{
    private const string Version = "Version";

    private readonly TimeProvider _clock;

    /// <summary>Makes a context.</summary>
    /// <param name="options">Engine and connection, chosen by configuration per module.</param>
    /// <param name="schema">The module's stream name; on SQLite, which has no schemas, the file plays that part.</param>
    /// <param name="clock">Dates what is said.</param>
    protected ModuleDbContext(DbContextOptions options, string schema, TimeProvider clock)
        : base(options)
    {
        (Schema, _clock) = (schema, clock);
    }

    /// <summary>The module's schema, which is the name of its stream too.</summary>
    public string Schema { get; }

    internal DbSet<OutboxRow> Outbox => Set<OutboxRow>();

    internal DbSet<OwnStream> OwnStreams => Set<OwnStream>();

    internal DbSet<StreamDecision> StreamDecisions => Set<StreamDecision>();

    internal DbSet<Cursor> Cursors => Set<Cursor>();

    internal DbSet<DeadLetter> DeadLetters => Set<DeadLetter>();

    internal DbSet<IdempotencyRecord> IdempotencyRecords => Set<IdempotencyRecord>();

    internal DbSet<Home> Homes => Set<Home>();

    internal DbSet<Presence> Presences => Set<Presence>();

    internal DbSet<AuditEntry> Audit => Set<AuditEntry>();

    internal Said Said { get; } = new();

    internal bool FlushesBeforeQueries { get; set; }

    /// <summary>How long a statement of this unit of work waits for a lock; null leaves it to the database.</summary>
    internal TimeSpan? LockPatience { get; private set; }

    /// <summary>
    /// Begins a unit of work: its queries see what it has changed so far. It needs no savepoints, each a round trip,
    /// since what fails half-way is rolled back whole.
    /// </summary>
    internal void BeginWork(TimeSpan? lockPatience = null)
    {
        FlushesBeforeQueries = true;
        LockPatience = lockPatience;
        Database.AutoSavepointsEnabled = false;
    }

    /// <summary>Begins the transaction of this unit of work.</summary>
    internal async Task BeginTransactionAsync(CancellationToken cancellationToken)
    {
        await Database.BeginTransactionAsync(cancellationToken);
        if (LockPatience is not { } patience)
            return;
        // Nothing is to be written before the limit holds.
        var flushes = FlushesBeforeQueries;
        FlushesBeforeQueries = false;
        try
        {
            await DatabaseEngines.Of(Database).LimitLockWaitsAsync(Database, patience, cancellationToken);
        }
        finally
        {
            FlushesBeforeQueries = flushes;
        }
    }

    /// <summary>Ends the unit of work, and leaves nothing of it to whoever uses the context next.</summary>
    internal void EndWork()
    {
        FlushesBeforeQueries = false;
        LockPatience = null;
        Said.Forget();
    }

    /// <summary>
    /// Says on the module's stream that something happened. It is said if, and only if, the changes made along
    /// with it are committed.
    /// </summary>
    /// <param name="key">The id of the aggregate it tells of: events of one key are handled in order.</param>
    /// <param name="happened">A record of the module's contracts.</param>
    /// <exception cref="ArgumentException">
    /// The record is no event, is not this module's to say, or has a member with none of its allowed values.
    /// </exception>
    public void Say(Guid key, object happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        var type = EventType.Of(happened.GetType());
        if (type.Stream != Schema)
            throw new ArgumentException($"'{type.Alias}' is not for '{Schema}' to say.", nameof(happened));
        type.ThrowIfNotAllowed(happened);
        var now = InMicroseconds(_clock.GetUtcNow());
        Outbox.Add(
            new OutboxRow
            {
                EventId = Guid.CreateVersion7(now),
                Type = type.Alias,
                Key = key,
                Payload = type.Serialize(happened),
                OccurredAt = now,
                TraceParent = Activity.Current?.Id,
            }
        );
    }

    /// <summary>Saves, giving every changed aggregate root its next version.</summary>
    /// <inheritdoc/>
    public override async Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess,
        CancellationToken cancellationToken = default
    )
    {
        // Changes are looked for once, and not by each of those who go through them.
        var looksForChanges = ChangeTracker.AutoDetectChangesEnabled;
        if (looksForChanges)
            ChangeTracker.DetectChanges();
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            BumpVersions();
            Said.Saves([
                .. ChangeTracker
                    .Entries<OutboxRow>()
                    .Where(row => row.State == EntityState.Added)
                    .Select(row => row.Entity),
            ]);
            var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
            OnSaved(ChangeTracker.Entries().Select(entry => entry.Entity));
            return saved;
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = looksForChanges;
        }
    }

    /// <summary>Not supported: saving blocks a thread for a round trip.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Save with SaveChangesAsync.");

    /// <summary>
    /// Called when changes have been saved, and before they are committed where more is to be saved in the same
    /// transaction.
    /// </summary>
    /// <param name="entities">What was at hand when they were saved, changed or not.</param>
    protected internal virtual void OnSaved(IEnumerable<object> entities) { }

    /// <summary>Maps the module's own entities.</summary>
    protected abstract void ConfigureModel(ModelBuilder model);

    /// <inheritdoc/>
    protected sealed override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.HasDefaultSchema(Schema);
        StreamTables.Configure(modelBuilder);
        DatabaseEngines.Of(Database).ConfigureModel(modelBuilder);
        ConfigureModel(modelBuilder);
        foreach (var type in modelBuilder.Model.GetEntityTypes().ToList())
        {
            if (type.IsOwned())
                continue;
            foreach (
                var id in type.FindPrimaryKey()?.Properties.Where(id => id.ClrType == typeof(Guid)) ?? []
            )
                id.ValueGenerated = ValueGenerated.Never;
            if (type.ClrType.IsAssignableTo(typeof(IAggregateRoot)))
                modelBuilder.Entity(type.ClrType).Property<long>(Version).IsConcurrencyToken();
        }
        DatabaseEngines.Of(Database).CompleteModel(modelBuilder);
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(40);
        configurationBuilder.Properties<decimal>().HavePrecision(19, 4);
        DatabaseEngines.Of(Database).ConfigureConventions(configurationBuilder);
    }

    /// <summary>What is read from the database is the same as what was said.</summary>
    private static DateTimeOffset InMicroseconds(DateTimeOffset time) =>
        time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));

    private void BumpVersions()
    {
        foreach (var entry in ChangeTracker.Entries().ToList())
        {
            if (entry.State is EntityState.Unchanged or EntityState.Detached)
                continue;
            var root = RootOf(entry);
            if (root is { State: EntityState.Unchanged or EntityState.Modified, Entity: IAggregateRoot })
            {
                var version = root.Property(Version);
                version.CurrentValue = (long)version.OriginalValue! + 1;
            }
        }
    }

    private EntityEntry? RootOf(EntityEntry entry)
    {
        var ownership = entry.Metadata.FindOwnership();
        if (ownership is null)
            return entry;
        var keys = ownership
            .Properties.Select(property => entry.Property(property.Name).CurrentValue)
            .ToList();
        var owner = ChangeTracker
            .Entries()
            .FirstOrDefault(candidate =>
                candidate.Metadata == ownership.PrincipalEntityType
                && ownership
                    .PrincipalKey.Properties.Select(property =>
                        candidate.Property(property.Name).CurrentValue
                    )
                    .SequenceEqual(keys)
            );
        return owner is null ? null : RootOf(owner);
    }
}
