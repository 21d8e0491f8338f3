using Microsoft.EntityFrameworkCore;
using Platform.Data;

namespace Host.Identity;

/// <summary>How often one client asked any replica for a token within one minute.</summary>
internal sealed class TokenWindow
{
    public required string Client { get; init; }

    /// <summary>The minute, counted from the Unix epoch.</summary>
    public required long Minute { get; init; }

    public required int Requests { get; set; }
}

/// <summary>
/// Counts requests for a token over all replicas. Each replica has its own limit in memory in front of this, so that
/// a flood costs no database anything.
/// </summary>
internal sealed class TokenWindows(IdentityDatabase database, TimeProvider clock)
{
    private const int SecondsOfAMinute = 60;

    /// <summary>Counts one more request, unless the client has had its number.</summary>
    /// <returns>How many seconds to wait; null when the request may go on.</returns>
    public async Task<int?> TakeAsync(string client, int limit, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var minute = now / SecondsOfAMinute;
        var taken =
            await CountAsync(client, minute, limit, cancellationToken)
            || await TryBeginAsync(client, minute, cancellationToken)
            || await CountAsync(client, minute, limit, cancellationToken);
        return taken ? null : (int)(((minute + 1) * SecondsOfAMinute) - now);
    }

    /// <summary>Forgets minutes that are over.</summary>
    public Task PruneAsync(CancellationToken cancellationToken)
    {
        var minute = clock.GetUtcNow().ToUnixTimeSeconds() / SecondsOfAMinute;
        return database
            .TokenWindows.Where(window => window.Minute < minute)
            .OrderBy(window => window.Minute)
            .RemoveAsync(cancellationToken);
    }

    private async Task<bool> CountAsync(
        string client,
        long minute,
        int limit,
        CancellationToken cancellationToken
    ) =>
        await database
            .TokenWindows.Where(window =>
                window.Client == client && window.Minute == minute && window.Requests < limit
            )
            .ExecuteUpdateAsync(
                set => set.SetProperty(window => window.Requests, window => window.Requests + 1),
                cancellationToken
            ) > 0;

    private async Task<bool> TryBeginAsync(string client, long minute, CancellationToken cancellationToken)
    {
        if (
            await database.TokenWindows.AnyAsync(
                window => window.Client == client && window.Minute == minute,
                cancellationToken
            )
        )
            return false;
        var first = database.TokenWindows.Add(
            new TokenWindow
            {
                Client = client,
                Minute = minute,
                Requests = 1,
            }
        );
        try
        {
            await database.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException raced) when (DatabaseFailure.IsDuplicate(raced))
        {
            first.State = EntityState.Detached;
            return false;
        }
    }
}
