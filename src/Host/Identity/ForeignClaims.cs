using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Host.Settings;
using Microsoft.IdentityModel.JsonWebTokens;
using Platform.Http;

namespace Host.Identity;

/// <summary>Reads an external issuer's claims as the platform's, for programs and for people alike.</summary>
internal static class ForeignClaims
{
    private static readonly string[] KnownRoles = [Roles.Customer, Roles.Store, Roles.Rider, Roles.Operator];

    /// <summary>
    /// The first role that is one of ours, the store, and the subject. Users are told apart by UUID here, so any
    /// other subject is hashed into one, always the same.
    /// </summary>
    public static ClaimsPrincipal Translate(ClaimsPrincipal theirs, AuthSettings auth, string scheme)
    {
        var claims = new List<Claim>();
        if (theirs.FindFirstValue(JwtRegisteredClaimNames.Sub) is { Length: > 0 } subject)
        {
            var id = Guid.TryParse(subject, out var uuid) ? uuid : IdOf(auth.Authority!, subject);
            claims.Add(new Claim(JwtRegisteredClaimNames.Sub, id.ToString()));
        }

        if (
            theirs.FindAll(auth.RoleClaim).FirstOrDefault(claim => KnownRoles.Contains(claim.Value)) is
            { } role
        )
            claims.Add(new Claim("role", role.Value));
        if (theirs.FindFirstValue(auth.StoreClaim) is { Length: > 0 } store)
            claims.Add(new Claim(Caller.StoreIdClaim, store));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme, JwtRegisteredClaimNames.Sub, "role"));
    }

    private static Guid IdOf(Uri issuer, string subject)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{issuer.AbsoluteUri}\n{subject}")).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
