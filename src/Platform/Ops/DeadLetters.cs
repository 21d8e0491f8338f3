using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Commands;
using Platform.Data;
using Platform.Domain;
using Platform.Homes;
using Platform.Http;
using Platform.Modules;
using Platform.Streams;
using Platform.Telemetry;

namespace Platform.Ops;

/// <summary>Lists, replays and discards the dead letters of every module in this process.</summary>
internal sealed class DeadLetters(
    ModuleHomes homes,
    SubscriptionRunner subscriptions,
    IServiceScopeFactory scopes,
    TimeProvider clock,
    IncidentLog incidents,
    ILogger<DeadLetters> logger
)
{
    private static readonly Error NotFound = Error.NotFound(
        "dead_letter_not_found",
        "There is no such dead letter: it was replayed or discarded, or its module's database cannot be reached."
    );

    /// <summary>A page of dead letters, newest first, of one module or of all.</summary>
    public async Task<Result<Page<DeadLetterView>>> ListAsync(
        string? moduleName,
        string? cursor,
        int limit,
        CancellationToken cancellationToken
    )
    {
        if (limit is < 1 or > PageCursor.MaximumLimit)
            return PageCursor.LimitOutOfRange;
        var (ticks, before) = (long.MaxValue, Guid.Empty);
        if (cursor is not null && !PageCursor.TryDecode(cursor, out ticks, out before))
            return PageCursor.Unreadable;
        var rows = new List<DeadLetterView>();
        foreach (var module in Stored().Where(module => IsMeant(module, moduleName)))
        {
            await TryAsync(
                module,
                async context =>
                    rows.AddRange(await ReadAsync(module, context, ticks, before, limit, cancellationToken))
            );
        }
        return PageOf(rows, limit);
    }

    /// <summary>One page of this process's letters and of others', which come from pages of the same kind.</summary>
    public static Page<DeadLetterView> Merge(
        Page<DeadLetterView> here,
        IReadOnlyList<DeadLetterView> elsewhere,
        int limit
    ) => elsewhere.Count == 0 ? here : PageOf([.. here.Items, .. elsewhere], limit);

    private static Page<DeadLetterView> PageOf(IReadOnlyList<DeadLetterView> rows, int limit)
    {
        var newest = rows.OrderByDescending(row => row.FirstFailedAt).ThenByDescending(row => row.Id);
        return Page<DeadLetterView>.From(
            [.. newest.Take(limit + 1)],
            limit,
            row => PageCursor.Encode(row.FirstFailedAt.UtcTicks, row.Id)
        );
    }

    /// <summary>
    /// Asks whichever replica holds the subscription's lease to handle the letter's key again, from its oldest
    /// letter on, so that their order is kept.
    /// </summary>
    public async Task<Result<Nothing>> ReplayAsync(
        Guid id,
        Guid operatorId,
        CancellationToken cancellationToken
    )
    {
        foreach (var module in Stored())
        {
            string? stream = null;
            await TryAsync(
                module,
                async context =>
                {
                    if (await FindAsync(context, id, cancellationToken) is not { } letter)
                        return;
                    var now = clock.GetUtcNow();
                    await context
                        .DeadLetters.Where(row =>
                            row.Stream == letter.Stream && row.Key == letter.Key && row.DiscardedAt == null
                        )
                        .ExecuteUpdateAsync(
                            set => set.SetProperty(row => row.ReplayRequestedAt, (DateTimeOffset?)now),
                            cancellationToken
                        );
                    context.Audit.Add(
                        AuditEntry.Of(
                            now,
                            operatorId,
                            "replay",
                            $"{module.Name} handles {What(letter)} again."
                        )
                    );
                    await context.SaveChangesAsync(cancellationToken);
                    stream = letter.Stream;
                }
            );
            if (stream is null)
                continue;
            foreach (
                var subscription in subscriptions.Of(module).Where(one => one.Definition.Stream == stream)
            )
                subscription.Wake();
            return Nothing.Done;
        }
        return NotFound;
    }

    /// <summary>Gives a letter up. Its row stays, marked; later events of its key are handled again.</summary>
    public async Task<Result<Nothing>> DiscardAsync(
        Guid id,
        Guid operatorId,
        CancellationToken cancellationToken
    )
    {
        foreach (var module in Stored())
        {
            var found = false;
            await TryAsync(
                module,
                async context =>
                {
                    if (await FindAsync(context, id, cancellationToken) is not { } letter)
                        return;
                    letter.DiscardedAt = clock.GetUtcNow();
                    context.Audit.Add(
                        AuditEntry.Of(
                            clock.GetUtcNow(),
                            operatorId,
                            "discard",
                            $"{module.Name} gives up {What(letter)}."
                        )
                    );
                    await FreeThoseBehindAsync(context, letter, cancellationToken);
                    await ReplayToken.BumpAsync(context, letter.Stream, cancellationToken);
                    await context.SaveChangesAsync(cancellationToken);
                    found = true;
                    logger.LogWarning(
                        "{Module}: dead letter {Id}, {Type} at {Position}, was discarded by operator {Operator}",
                        module.Name,
                        id,
                        letter.Type,
                        letter.Position,
                        operatorId
                    );
                }
            );
            if (!found)
                continue;
            foreach (var subscription in subscriptions.Of(module))
                subscription.Wake();
            return Nothing.Done;
        }
        return NotFound;
    }

    /// <summary>What waits behind a letter that is given up is handled, up to the next that failed by itself.</summary>
    private async Task FreeThoseBehindAsync(
        ModuleDbContext context,
        DeadLetter given,
        CancellationToken cancellationToken
    )
    {
        var others = await context
            .DeadLetters.Where(row =>
                row.Stream == given.Stream
                && row.Key == given.Key
                && row.Id != given.Id
                && row.DiscardedAt == null
                && row.Reason != ParkingReason.Unknown
            )
            .OrderBy(row => row.Position)
            .ToListAsync(cancellationToken);
        foreach (var freed in others.TakeWhile(row => row.Reason == ParkingReason.Behind))
            freed.ReplayRequestedAt = clock.GetUtcNow();
    }

    private static Task<DeadLetter?> FindAsync(
        ModuleDbContext context,
        Guid id,
        CancellationToken cancellationToken
    ) =>
        context.DeadLetters.SingleOrDefaultAsync(
            row => row.Id == id && row.DiscardedAt == null,
            cancellationToken
        );

    private static async Task<IReadOnlyList<DeadLetterView>> ReadAsync(
        ModuleDefinition module,
        ModuleDbContext context,
        long ticks,
        Guid before,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var engine = DatabaseEngines.Of(context.Database);
        var letters = context.DeadLetters.AsNoTracking().Where(row => row.DiscardedAt == null);
        if (ticks != long.MaxValue)
        {
            var at = new DateTimeOffset(
                Math.Clamp(ticks, 0, DateTimeOffset.MaxValue.UtcTicks),
                TimeSpan.Zero
            );
            letters = letters.Where(engine.IsBefore(at, before));
        }
        var rows = await engine
            .ThenById(letters.OrderByDescending(row => row.FirstFailedAt))
            .Take(limit + 1)
            .ToListAsync(cancellationToken);
        return [.. rows.Select(row => ToView(module, row))];
    }

    private static DeadLetterView ToView(ModuleDefinition module, DeadLetter row) =>
        new(
            row.Id,
            module.Name,
            row.Stream,
            row.Position,
            row.EventId,
            row.Type,
            row.Key,
            row.Payload,
            row.Error,
            row.Attempts,
            row.OccurredAt,
            row.FirstFailedAt,
            row.LastFailedAt,
            row.ReplayRequestedAt is not null
        );

    private static string What(DeadLetter letter) =>
        $"dead letter {letter.Id}, {letter.Type} at {letter.Stream} {letter.Position}";

    private static bool IsMeant(ModuleDefinition module, string? name) =>
        name is null || module.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private IEnumerable<ModuleDefinition> Stored() =>
        homes.RunningHere.Where(module => module.DatabaseContext is not null);

    /// <summary>A module whose database cannot be reached is left out, so that it hides no other's letters.</summary>
    private async Task TryAsync(ModuleDefinition module, Func<ModuleDbContext, Task> action)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await action((ModuleDbContext)scope.ServiceProvider.GetRequiredService(module.DatabaseContext!));
        }
        catch (Exception failure) when (DatabaseFailure.IsUnreachable(failure))
        {
            incidents.Tell($"Whoever looks at {module.Name}'s dead letters", failure);
        }
    }
}
