using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform.Data;

namespace Architecture.Tests.Codebase;

/// <summary>A migration, and what it sends to the database.</summary>
internal sealed record MigrationScript(string Name, string Text);

/// <summary>What a context's migrations send to SQL Server, one after another as they are applied there.</summary>
internal static class MigrationScripts
{
    public static IEnumerable<MigrationScript> Of(Type context)
    {
        var schema = DatabaseModels.ModelOf(context).Model!.GetDefaultSchema()!;
        using var database = DatabaseModels.Open(context, DatabaseEngine.SqlServer, schema);
        var migrator = database.GetService<IMigrator>();
        var before = Migration.InitialDatabase;
        foreach (var migration in database.Database.GetMigrations())
        {
            yield return new MigrationScript(
                $"{context.Name} {migration}",
                migrator.GenerateScript(before, migration, MigrationsSqlGenerationOptions.Default)
            );
            before = migration;
        }
    }

    /// <summary>What is wrong with each of them, by name, when they run one after another.</summary>
    public static IReadOnlyList<string> Failures(IEnumerable<MigrationScript> scripts)
    {
        var schema = new SqlServerSchema();
        var failures = new List<string>();
        foreach (var script in scripts)
        {
            using var model = new SqlServerModel();
            model.Define(schema.Apply(script.Text));
            failures.AddRange(model.Failures.Select(failure => $"{script.Name}: {failure}"));
        }
        return failures;
    }
}
