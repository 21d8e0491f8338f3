using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Platform.Http;

namespace Host.Identity;

/// <summary>
/// Finds the account of a name and a password, with the same answer and cost whatever is wrong: a name that nobody has
/// is counted, locked and verified like one that somebody has.
/// </summary>
internal sealed class Passwords(
    UserManager<Account> accounts,
    IPasswordHasher<Account> hasher,
    PasswordAttempts attempts,
    PasswordTurns turns
)
{
    private static readonly Account Nobody = new() { Role = Roles.Customer };

    /// <summary>Verified when nobody has the name, so that the time an answer takes tells nothing.</summary>
    private static readonly Lazy<string> NobodysHash = new(() =>
        new PasswordHasher<Account>().HashPassword(Nobody, "nobody")
    );

    public async Task<Account?> FindAsync(string? name, string? password, CancellationToken cancellationToken)
    {
        password ??= "";
        var key = KeyOf(accounts.NormalizeName(name) ?? "");
        using (await turns.WaitAsync(key, cancellationToken))
        {
            if (await attempts.TakeAsync(key, cancellationToken))
                return await VerifyAsync(key, name, password, cancellationToken);
        }
        hasher.VerifyHashedPassword(Nobody, NobodysHash.Value, password);
        return null;
    }

    private async Task<Account?> VerifyAsync(
        string key,
        string? name,
        string password,
        CancellationToken cancellationToken
    )
    {
        if (await FindByNameAsync(name) is not { } account)
        {
            hasher.VerifyHashedPassword(Nobody, NobodysHash.Value, password);
            return null;
        }
        if (!await accounts.CheckPasswordAsync(account, password))
            return null;
        await attempts.ForgetAsync(key, cancellationToken);
        return await accounts.IsLockedOutAsync(account) ? null : account;
    }

    /// <summary>PostgreSQL refuses to look for a text with a zero in it.</summary>
    private async Task<Account?> FindByNameAsync(string? name) =>
        name is null || name.Contains('\0', StringComparison.Ordinal)
            ? null
            : await accounts.FindByNameAsync(name);

    private static string KeyOf(string name) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
}
