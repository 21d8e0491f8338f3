using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Platform.Http;

/// <summary>Who calls, read from the verified token. Binds as an endpoint parameter.</summary>
/// <param name="UserId">The token's <c>sub</c>.</param>
/// <param name="Role">One of <see cref="Roles"/>.</param>
/// <param name="StoreId">The store of a <see cref="Roles.Store"/> account; null for everybody else.</param>
public sealed record Caller(Guid UserId, string Role, Guid? StoreId)
{
    /// <summary>The claim that binds a store account to its store.</summary>
    public const string StoreIdClaim = "store_id";

    /// <summary>Reads the caller from the request's user.</summary>
    /// <exception cref="InvalidOperationException">
    /// The endpoint lets callers in without a complete token: it lacks <c>RequireRole</c>.
    /// </exception>
    public static ValueTask<Caller?> BindAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        return ValueTask.FromResult<Caller?>(
            From(http.User)
                ?? throw new InvalidOperationException(
                    "The endpoint has a Caller but does not require a role."
                )
        );
    }

    /// <summary>The caller a user stands for; null when the token lacks a subject or a role.</summary>
    public static Caller? From(ClaimsPrincipal user)
    {
        ArgumentNullException.ThrowIfNull(user);
        return
            Guid.TryParse(user.FindFirstValue("sub"), out var id) && user.FindFirstValue("role") is { } role
            ? new Caller(
                id,
                role,
                Guid.TryParse(user.FindFirstValue(StoreIdClaim), out var store) ? store : null
            )
            : null;
    }

    /// <summary>Whether the caller has <paramref name="role"/>.</summary>
    public bool Is(string role) => Role == role;
}
