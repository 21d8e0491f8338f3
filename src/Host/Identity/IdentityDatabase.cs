using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Platform.Data;

namespace Host.Identity;

/// <summary>Accounts, clients, refresh tokens and what replicas share of both: the host's own schema, which no module sees.</summary>
internal sealed class IdentityDatabase(DbContextOptions<IdentityDatabase> options)
    : IdentityUserContext<Account, Guid>(options)
{
    public const string Schema = "identity";

    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();

    public DbSet<TokenWindow> TokenWindows => Set<TokenWindow>();

    public DbSet<PasswordAttempt> PasswordAttempts => Set<PasswordAttempt>();

    public DbSet<SessionRow> Sessions => Set<SessionRow>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.HasDefaultSchema(Schema);
        builder.UseOpenIddict();
        builder.Entity<Account>(account =>
        {
            account.ToTable("account");
            account.Property(one => one.Id).ValueGeneratedNever();
            account.Property(one => one.Role).HasMaxLength(16);
            account.Property(one => one.PhoneNumber).HasMaxLength(32);
        });
        builder.Entity<ProtectionKey>(key =>
        {
            key.ToTable("protection_key");
            key.Property(one => one.Id).ValueGeneratedNever();
        });
        builder.Entity<TokenWindow>(window =>
        {
            window.ToTable("token_window");
            window.HasKey(one => new { one.Client, one.Minute });
            window.Property(one => one.Client).HasMaxLength(64);
        });
        builder.Entity<PasswordAttempt>(attempt =>
        {
            attempt.ToTable("password_attempt");
            attempt.HasKey(one => one.Name);
            attempt.Property(one => one.Name).HasMaxLength(64);
        });
        builder.Entity<SessionRow>(session =>
        {
            session.ToTable("session");
            session.Property(one => one.Id).ValueGeneratedNever();
            session.HasOne<Account>().WithMany().HasForeignKey(one => one.AccountId);
            session.HasIndex(one => one.EndsAt);
        });
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("account_claim");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("account_login");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("account_token");
    }
}

/// <summary>
/// Lets the migration tool make a context without starting the host, for the engine that its arguments name as the
/// host's would: <c>-- --Database:Engine=PostgreSql</c>.
/// </summary>
internal sealed class IdentityDatabaseDesign : IDesignTimeDbContextFactory<IdentityDatabase>
{
    public IdentityDatabase CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<IdentityDatabase>();
        var configuration = new ConfigurationBuilder().AddCommandLine(args).Build();
        DatabaseChoice.Read(configuration, "Auth", IdentityDatabase.Schema).Configure(options);
        return new IdentityDatabase(options.Options);
    }
}
