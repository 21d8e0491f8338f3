using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Platform.Http;

namespace Host.Identity;

/// <summary>
/// Sessions of the built-in issuer's accounts: rows beside them, that end with the account, and when its role or store
/// is no longer what the session says. While the database is away they go on: orders do not depend on it, and nobody
/// can be told of an end. Whoever signs out meanwhile is remembered here, and written down when it is back.
/// </summary>
internal sealed class AccountSessions(IServiceScopeFactory scopes, IdentityReach reach, TimeProvider clock)
    : ISessions
{
    private const int MostUnwritten = 10_000;

    private readonly ConcurrentDictionary<Guid, bool> _unwritten = new();

    public async Task BeginAsync(
        Guid session,
        ClaimsPrincipal person,
        DateTimeOffset ends,
        CancellationToken cancellationToken
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IdentityDatabase>();
        database.Sessions.Add(
            new SessionRow
            {
                Id = session,
                AccountId = Guid.Parse(person.FindFirstValue("sub")!),
                EndsAt = ends.ToUnixTimeSeconds(),
            }
        );
        await database.SaveChangesAsync(cancellationToken);
    }

    public async Task<bool> GoesOnAsync(
        Guid session,
        ClaimsPrincipal person,
        CancellationToken cancellationToken
    )
    {
        if (_unwritten.ContainsKey(session))
            return false;
        try
        {
            var known = await reach.AskAsync(
                (database, asking) => FindAsync(database, session, asking),
                cancellationToken
            );
            if (!_unwritten.IsEmpty)
                await WriteAsync(cancellationToken);
            var now = clock.GetUtcNow();
            return known is not null
                && now.ToUnixTimeSeconds() < known.EndsAt
                && !(known.LockoutEnd > now)
                && person.HasClaim("role", known.Role)
                && person.FindFirstValue(Caller.StoreIdClaim) == known.StoreId?.ToString();
        }
        catch (IdentityAwayException)
        {
            return true;
        }
    }

    public async Task EndAsync(Guid session, CancellationToken cancellationToken)
    {
        if (_unwritten.Count < MostUnwritten)
            _unwritten[session] = true;
        try
        {
            await WriteAsync(cancellationToken);
        }
        catch (IdentityAwayException)
        {
            // It has ended here, and is written down by whoever next finds the database back.
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        Guid[] ended = [.. _unwritten.Keys.Take(100)];
        await reach.AskAsync(
            (database, asking) =>
                database.Sessions.Where(one => ended.Contains(one.Id)).ExecuteDeleteAsync(asking),
            cancellationToken
        );
        foreach (var session in ended)
            _unwritten.TryRemove(session, out _);
    }

    private static Task<Known?> FindAsync(
        IdentityDatabase database,
        Guid session,
        CancellationToken cancellationToken
    ) =>
        database
            .Sessions.Where(one => one.Id == session)
            .Join(
                database.Users,
                one => one.AccountId,
                account => account.Id,
                (one, account) => new Known(one.EndsAt, account.Role, account.StoreId, account.LockoutEnd)
            )
            .FirstOrDefaultAsync(cancellationToken);

    private sealed record Known(long EndsAt, string Role, Guid? StoreId, DateTimeOffset? LockoutEnd);
}
