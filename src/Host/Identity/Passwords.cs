using Microsoft.AspNetCore.Identity;
using Platform.Http;

namespace Host.Identity;

/// <summary>Finds the account of a name and a password, with the same answer and cost whatever is wrong.</summary>
internal static class Passwords
{
    private static readonly Account Nobody = new() { Role = Roles.Customer };

    /// <summary>Verified when nobody has the name, so that the time an answer takes tells nothing.</summary>
    private static readonly Lazy<string> NobodysHash = new(() =>
        new PasswordHasher<Account>().HashPassword(Nobody, "nobody")
    );

    public static async Task<Account?> FindAsync(
        string? name,
        string? password,
        UserManager<Account> accounts,
        IPasswordHasher<Account> hasher
    )
    {
        password ??= "";
        if (await accounts.FindByNameAsync(name ?? "") is not { } account)
        {
            hasher.VerifyHashedPassword(Nobody, NobodysHash.Value, password);
            return null;
        }

        if (await accounts.IsLockedOutAsync(account))
            return null;
        if (!await accounts.CheckPasswordAsync(account, password))
        {
            await accounts.AccessFailedAsync(account);
            return null;
        }

        if (account.AccessFailedCount > 0)
            await accounts.ResetAccessFailedCountAsync(account);
        return account;
    }
}
