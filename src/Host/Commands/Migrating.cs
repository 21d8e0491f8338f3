using Host.Identity;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Hosting;

namespace Host.Commands;

/// <summary>
/// Brings every database of this process to the schema of this build. It asks for nothing that only serving needs.
/// </summary>
internal static class Migrating
{
    public static async Task<int> RunAsync(CommandLine line, Composition composition)
    {
        var (app, settings) = ModulesAlone.Build(line, composition, isSilent: false);
        await using var _ = app;
        if (settings.Identity is { } identity)
        {
            var loggers = app.Services.GetRequiredService<ILoggerFactory>();
            await MigrationFailedException.TellAsync(identity, () => MigrateIdentityAsync(identity, loggers));
        }
        await app.MigrateModulesAsync();
        return 0;
    }

    private static async Task MigrateIdentityAsync(DatabaseChoice choice, ILoggerFactory loggers)
    {
        var options = new DbContextOptionsBuilder<IdentityDatabase>();
        choice.Configure(options);
        options.UseLoggerFactory(loggers);
        await using var database = new IdentityDatabase(options.Options);
        await DatabaseMigration.ApplyAsync(database, IdentityDatabase.Schema, CancellationToken.None);
    }
}
