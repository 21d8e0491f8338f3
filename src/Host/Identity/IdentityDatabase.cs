using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Host.Identity;

/// <summary>Accounts, clients and refresh tokens: the host's own schema, which no module sees.</summary>
internal sealed class IdentityDatabase(DbContextOptions<IdentityDatabase> options)
    : IdentityUserContext<Account, Guid>(options)
{
    public static void Configure(DbContextOptionsBuilder options, string directory) =>
        options
            .UseSqlite(
                new SqliteConnectionStringBuilder
                {
                    DataSource = Path.Combine(directory, "identity.db"),
                    DefaultTimeout = 15,
                }.ToString(),
                sqlite => sqlite.MigrationsHistoryTable("migration")
            )
            .ConfigureWarnings(warnings => warnings.Ignore(SqliteEventId.SchemaConfiguredWarning));

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.HasDefaultSchema("identity");
        builder.UseOpenIddict();
        builder.Entity<Account>(account =>
        {
            account.ToTable("account");
            account.Property(one => one.Id).ValueGeneratedNever();
            account.Property(one => one.Role).HasMaxLength(16);
            account.Property(one => one.PhoneNumber).HasMaxLength(32);
        });
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("account_claim");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("account_login");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("account_token");
    }
}

/// <summary>Lets the migration tool make a context without starting the host.</summary>
internal sealed class IdentityDatabaseDesign : IDesignTimeDbContextFactory<IdentityDatabase>
{
    public IdentityDatabase CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<IdentityDatabase>();
        IdentityDatabase.Configure(options, Path.GetTempPath());
        return new IdentityDatabase(options.Options);
    }
}
