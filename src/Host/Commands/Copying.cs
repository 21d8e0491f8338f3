using System.Data.Common;
using Host.Identity;
using Host.Settings;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Extraction;
using Platform.Modules;
using Platform.Settings;

namespace Host.Commands;

/// <summary>
/// Copies databases of this host to another engine or place while it is stopped, and holds the copies against them.
/// Run again after it was interrupted, it goes on where it was.
/// </summary>
internal static class Copying
{
    private const string Usage =
        "copy-database <module>|identity|all --to-engine=PostgreSql --to='Host=…' [--rows-per-second=N]\n"
        + "The target is migrated and empty; with --to-engine=Sqlite --to names a folder. Where the source is, is configured as ever. "
        + "Stop the host first.";

    /// <summary>The exit code of a copy that turned out not to be the same.</summary>
    private const int Differs = 2;

    public static async Task<int> RunAsync(CommandLine line, Composition composition)
    {
        if (line.Words is not [_, var what])
        {
            await Console.Error.WriteLineAsync(Usage);
            return 1;
        }
        var (app, settings) = ModulesAlone.Build(line, composition, isSilent: true);
        await using var _ = app;
        var target = CopyTarget.Read(new SettingsReader(app.Configuration));
        await using var scope = app.Services.CreateAsyncScope();

        var databases = Named(what, settings, scope.ServiceProvider);
        if (databases.Count == 0)
        {
            await Console.Error.WriteLineAsync(
                $"copy-database: '{what}' has no database here; it is a module of this process, identity or all."
            );
            return 1;
        }
        foreach (var database in databases)
        {
            if (!await CopyAsync(database, target))
                return Differs;
        }
        return 0;
    }

    private static List<CopiedDatabase> Named(
        string what,
        MigrationSettings settings,
        IServiceProvider services
    )
    {
        var isAll = what.Equals("all", StringComparison.OrdinalIgnoreCase);
        var databases = services
            .GetRequiredService<ModuleCatalog>()
            .Modules.Where(module =>
                module.DatabaseContext is not null
                && (isAll || module.Name.Equals(what, StringComparison.OrdinalIgnoreCase))
            )
            .Select(module => new CopiedDatabase(
                services.GetRequiredService<ModuleDatabases>().Of(module),
                choice => ModuleContexts.Open(services, module, choice)
            ))
            .ToList();
        if (
            settings.Identity is { } identity
            && (isAll || what.Equals(IdentityDatabase.Schema, StringComparison.OrdinalIgnoreCase))
        )
            databases.Add(new CopiedDatabase(identity, OpenIdentity));
        return databases;
    }

    private static IdentityDatabase OpenIdentity(DatabaseChoice choice)
    {
        var options = new DbContextOptionsBuilder<IdentityDatabase>();
        choice.Configure(options);
        return new IdentityDatabase(options.Options);
    }

    /// <summary>Copies one, and compares.</summary>
    /// <returns>Whether the copy is the same.</returns>
    private static async Task<bool> CopyAsync(CopiedDatabase database, CopyTarget to)
    {
        var there = DatabaseChoice.At(
            to.Engine,
            to.Place,
            database.Choice.Schema,
            CopyTarget.PlaceKey,
            database.Choice.Home
        );
        await using var source = database.Open(database.Choice);
        await using var target = database.Open(there);
        try
        {
            Console.WriteLine($"Copying {database.Choice} to {there.Engine}.");
            var copy = new DatabaseCopy(
                source,
                target,
                new CopyOptions(RowsPerSecond: to.RowsPerSecond),
                TimeProvider.System
            );
            await copy.RunAsync(new ProgressLine("copied"), CancellationToken.None);
            var result = await new DatabaseComparison(source, target).RunAsync(
                new ProgressLine("compared"),
                CancellationToken.None
            );
            foreach (var table in result.Tables)
            {
                Console.WriteLine(
                    FormattableString.Invariant(
                        $"  {(table.IsEqual ? "same" : "DIFFERS")}  {table.Table, -24} {table.SourceRows, 12:N0} {table.TargetRows, 12:N0}  {table.SourceChecksum} {table.TargetChecksum}"
                    )
                );
            }
            if (result.Difference is { } difference)
            {
                await Console.Error.WriteLineAsync(
                    $"{database.Choice.Schema}: the copy is not the same: {difference}. Was the host stopped? Empty the target and begin again."
                );
                return false;
            }
            await DatabaseCopy.ForgetAsync(target, CancellationToken.None);
            Console.WriteLine($"{database.Choice.Schema}: copied, and the same.");
            return true;
        }
        catch (CopyRefusedException refused)
        {
            throw new CopyRefusedException($"{database.Choice.Schema}: {refused.Message}");
        }
        catch (Exception failure) when (failure is DbException || DatabaseFailure.IsUnreachable(failure))
        {
            throw new CopyRefusedException(
                $"{DatabaseFailure.SentenceFor(await IsAtFaultAsync(target) ? there : database.Choice, failure)} Run it again, and it goes on."
            );
        }
    }

    private static async Task<bool> IsAtFaultAsync(DbContext context)
    {
        try
        {
            return !await context.Database.CanConnectAsync();
        }
        catch (Exception failure) when (failure is DbException || DatabaseFailure.IsUnreachable(failure))
        {
            return true;
        }
    }

    private sealed record CopiedDatabase(DatabaseChoice Choice, Func<DatabaseChoice, DbContext> Open);
}

/// <summary>Where copies go.</summary>
/// <param name="Engine">The engine.</param>
/// <param name="Place">Its connection string, or the folder on SQLite.</param>
/// <param name="RowsPerSecond">The most rows a second; null for as fast as it goes.</param>
internal sealed record CopyTarget(DatabaseEngine Engine, string Place, int? RowsPerSecond)
{
    public const string PlaceKey = "to";

    private const string EngineKey = "to-engine";
    private const string RateKey = "rows-per-second";

    public static CopyTarget Read(SettingsReader reader)
    {
        if (reader.Text(EngineKey) is null)
            throw new SettingRefusedException(EngineKey, "say which engine the copies are for.");
        return new CopyTarget(
            reader.Choice(EngineKey, DatabaseEngine.Sqlite),
            reader.Text(PlaceKey) ?? throw new SettingRefusedException(PlaceKey, "say where the copies go."),
            reader.Text(RateKey) is null ? null : reader.Number(RateKey, 0, 1, int.MaxValue)
        );
    }
}
