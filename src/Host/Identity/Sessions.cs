using System.Security.Claims;

namespace Host.Identity;

/// <summary>
/// The sessions that there are. A cookie says whose it is and which session it belongs to; whether that goes on is
/// known here, for all replicas, so that it ends everywhere when somebody signs out.
/// </summary>
internal interface ISessions
{
    /// <summary>Begins a session of <paramref name="person"/>.</summary>
    Task BeginAsync(
        Guid session,
        ClaimsPrincipal person,
        DateTimeOffset ends,
        CancellationToken cancellationToken
    );

    /// <summary>Whether the session goes on, and its person is still who the cookie says.</summary>
    Task<bool> GoesOnAsync(Guid session, ClaimsPrincipal person, CancellationToken cancellationToken);

    /// <summary>Ends it; nothing happens when it has ended.</summary>
    Task EndAsync(Guid session, CancellationToken cancellationToken);
}

/// <summary>A session of an account, in the identity database.</summary>
internal sealed class SessionRow
{
    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    /// <summary>When it ends at the latest, however much it is used; in seconds from the Unix epoch.</summary>
    public required long EndsAt { get; init; }
}
