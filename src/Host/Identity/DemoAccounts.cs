using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Platform.Data;
using Platform.Http;
using Platform.Modules;
using Platform.Settings;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Host.Identity;

/// <summary>
/// Accounts and a client for trying the platform out. Their password is in the README, so they exist in
/// Development only: elsewhere a database that holds one stops the start.
/// </summary>
internal static class DemoAccounts
{
    public const string Password = "Demo-1234!";
    public const string ClientId = "monolith-cli";
    private const string Domain = "@demo.local";

    public static async Task SeedAsync(
        IdentityDatabase database,
        IPasswordHasher<Account> hasher,
        IOpenIddictApplicationManager clients,
        CancellationToken cancellationToken
    )
    {
        var all = All();
        var ids = all.ConvertAll(account => account.Id);
        var present = await database
            .Users.Where(account => ids.Contains(account.Id))
            .Select(account => account.Id)
            .ToListAsync(cancellationToken);
        var missing = all.FindAll(account => !present.Contains(account.Id));
        if (missing.Count > 0)
        {
            // One slow hash instead of five: a salt of one's own protects nothing where the password is public.
            var hash = hasher.HashPassword(missing[0], Password);
            foreach (var account in missing)
                account.PasswordHash = hash;
            database.Users.AddRange(missing);
            await database.SaveChangesAsync(cancellationToken);
        }

        if (await clients.FindByClientIdAsync(ClientId, cancellationToken) is null)
        {
            await clients.CreateAsync(
                new OpenIddictApplicationDescriptor
                {
                    ClientId = ClientId,
                    ClientType = ClientTypes.Public,
                    DisplayName = "Command line",
                    Permissions =
                    {
                        Permissions.Endpoints.Token,
                        Permissions.GrantTypes.Password,
                        Permissions.GrantTypes.RefreshToken,
                    },
                },
                cancellationToken
            );
        }
    }

    /// <summary>Refuses a database that demo accounts were seeded into.</summary>
    /// <exception cref="SettingRefusedException">There is one.</exception>
    public static async Task RefuseAsync(
        IdentityDatabase database,
        DatabaseChoice choice,
        CancellationToken cancellationToken
    )
    {
        if (
            await database.Users.AnyAsync(
                account => account.IsDemo || account.NormalizedEmail!.EndsWith(Domain.ToUpperInvariant()),
                cancellationToken
            )
        )
        {
            throw new SettingRefusedException(
                choice.Key,
                "the identity database holds demo accounts, which exist in Development only; use another database."
            );
        }
    }

    private static List<Account> All() =>
        [
            New(DemoIds.Customer, "customer", Roles.Customer),
            New(DemoIds.SecondCustomer, "customer2", Roles.Customer),
            New(DemoIds.StoreKeeper, "store", Roles.Store, DemoIds.FirstStore),
            New(DemoIds.Rider, "rider", Roles.Rider),
            New(DemoIds.Operator, "operator", Roles.Operator),
        ];

    private static Account New(Guid id, string name, string role, Guid? storeId = null)
    {
        var email = name + Domain;
        return new Account
        {
            Id = id,
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            EmailConfirmed = true,
            LockoutEnabled = true,
            SecurityStamp = id.ToString("N"),
            Role = role,
            StoreId = storeId,
            IsDemo = true,
        };
    }
}

/// <summary>Keeps the demo password, which everybody can read, from ever protecting a real account.</summary>
internal sealed class NoDemoPassword : IPasswordValidator<Account>
{
    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password) =>
        Task.FromResult(
            password == DemoAccounts.Password
                ? IdentityResult.Failed(
                    new IdentityError
                    {
                        Code = "DemoPassword",
                        Description = "This password is published; choose another.",
                    }
                )
                : IdentityResult.Success
        );
}
