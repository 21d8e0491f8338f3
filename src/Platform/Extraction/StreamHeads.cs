using Microsoft.EntityFrameworkCore;
using Platform.Data;

namespace Platform.Extraction;

/// <summary>How far a module's stream has come on both sides of a move, and the module in the streams of others.</summary>
internal static class StreamHeads
{
    internal const string Counter = "outbox counter";

    private const string Outbox = "outbox";

    public static async Task<IReadOnlyList<ComparedHead>> CompareAsync(
        DbContext source,
        DbContext target,
        IReadOnlyList<TablePair> pairs,
        CancellationToken cancellationToken
    )
    {
        if (source is not ModuleDbContext here || target is not ModuleDbContext there)
            return [];
        var outbox = pairs.Single(pair => pair.Name == Outbox);
        var (cursors, copied) = (
            await CursorsAsync(here, cancellationToken),
            await CursorsAsync(there, cancellationToken)
        );
        return
        [
            new ComparedHead(
                Outbox,
                await HeadAsync(here, cancellationToken),
                await HeadAsync(there, cancellationToken)
            ),
            new ComparedHead(
                Counter,
                await outbox.Source.CounterAsync(cancellationToken) ?? 0,
                await outbox.Target.CounterAsync(cancellationToken) ?? 0
            ),
            .. cursors
                .Keys.Union(copied.Keys, StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(stream => new ComparedHead(
                    $"cursor {stream}",
                    cursors.GetValueOrDefault(stream, -1),
                    copied.GetValueOrDefault(stream, -1)
                )),
        ];
    }

    private static async Task<long> HeadAsync(ModuleDbContext context, CancellationToken cancellationToken) =>
        await context.Outbox.MaxAsync(row => (long?)row.Position, cancellationToken) ?? 0;

    private static Task<Dictionary<string, long>> CursorsAsync(
        ModuleDbContext context,
        CancellationToken cancellationToken
    ) =>
        context
            .Cursors.AsNoTracking()
            .ToDictionaryAsync(row => row.Stream, row => row.Position, cancellationToken);
}
