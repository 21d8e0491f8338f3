using Microsoft.EntityFrameworkCore;
using Platform.Data;

namespace Platform.Streams;

/// <summary>
/// What a module's schema knows of the stream that it publishes. There is one such row, made with the schema and never
/// changed but for what is trimmed: a copy of the schema is a copy of the stream, and another schema another stream.
/// </summary>
internal sealed class OwnStream
{
    public required string Stream { get; init; }

    public required Guid Identity { get; init; }

    /// <summary>Events up to this position may have been removed, since everybody had handled them.</summary>
    public long TrimmedTo { get; set; }

    /// <summary>Grows each time that the schema is found at another place than before: of two copies, the newer home has the higher one.</summary>
    public long Epoch { get; set; } = 1;

    /// <summary>Where the schema was when it was last opened, if its engine can tell; null before that.</summary>
    public string? Origin { get; set; }

    /// <summary>Reads the row of a schema, and makes it when it is not there yet.</summary>
    public static async Task<OwnStream> EnsureAsync(
        ModuleDbContext context,
        CancellationToken cancellationToken
    )
    {
        if (await ReadAsync(context, cancellationToken) is { } known)
            return known;
        var made = new OwnStream { Stream = context.Schema, Identity = Guid.CreateVersion7() };
        context.OwnStreams.Add(made);
        try
        {
            await context.SaveChangesAsync(cancellationToken);
            return made;
        }
        catch (DbUpdateException raced) when (DatabaseFailure.IsDuplicate(raced))
        {
            // Another process made it first.
            context.ChangeTracker.Clear();
            return await context
                .OwnStreams.AsNoTracking()
                .SingleAsync(row => row.Stream == context.Schema, cancellationToken);
        }
        finally
        {
            context.ChangeTracker.Clear();
        }
    }

    /// <summary>
    /// Notes where the schema is when a process opens it. One that was moved or copied since has a new home, which is
    /// newer than the one it was at.
    /// </summary>
    public static async Task<OwnStream> OpenAsync(
        ModuleDbContext context,
        CancellationToken cancellationToken
    )
    {
        var own = await EnsureAsync(context, cancellationToken);
        var origin = DatabaseEngines.Of(context.Database).OriginOf(context.Database);
        if (origin is null || origin == own.Origin)
            return own;
        var (before, epoch) = (own.Origin, own.Origin is null ? own.Epoch : own.Epoch + 1);
        await context
            .OwnStreams.Where(row => row.Stream == own.Stream && row.Origin == before)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Origin, origin).SetProperty(row => row.Epoch, epoch),
                cancellationToken
            );
        return await EnsureAsync(context, cancellationToken);
    }

    /// <summary>
    /// Notes that the stream goes on in this schema, a copy of the one it was in: that is a newer home of it, wherever it
    /// has been before.
    /// </summary>
    public static Task ComeToAsync(ModuleDbContext context, CancellationToken cancellationToken)
    {
        var origin = DatabaseEngines.Of(context.Database).OriginOf(context.Database);
        return context.OwnStreams.ExecuteUpdateAsync(
            set =>
                set.SetProperty(row => row.Origin, row => origin ?? row.Origin)
                    .SetProperty(row => row.Epoch, row => row.Epoch + 1),
            cancellationToken
        );
    }

    private static Task<OwnStream?> ReadAsync(ModuleDbContext context, CancellationToken cancellationToken) =>
        context
            .OwnStreams.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Stream == context.Schema, cancellationToken);
}
