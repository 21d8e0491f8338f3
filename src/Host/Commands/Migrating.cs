using Host.Identity;
using Host.Settings;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Hosting;

namespace Host.Commands;

/// <summary>
/// Brings every database of this process to the schema of this build. It asks for nothing that only serving needs:
/// neither an issuer's address nor a certificate nor a broker.
/// </summary>
internal static class Migrating
{
    public static async Task<int> RunAsync(CommandLine line, Composition composition)
    {
        var builder = WebApplication.CreateBuilder(HostSettings.From(line.Settings));
        var settings = MigrationSettings.Read(
            builder.Configuration,
            builder.Environment,
            composition.ModuleNames
        );
        builder.Host.UseDefaultServiceProvider(services => services.ValidateOnBuild = false);
        builder.AddModules(composition.Modules, composition.ConfigureBus);
        await using var app = builder.Build();

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
