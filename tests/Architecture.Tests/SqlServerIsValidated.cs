using Architecture.Tests.Codebase;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform.Data;

namespace Architecture.Tests;

/// <summary>
/// No SQL Server runs where this is built, so what would be sent to one is held against its own parser and model.
/// </summary>
public sealed class SqlServerIsValidated
{
    [Fact]
    public void Every_migration_script_makes_tables_that_it_accepts()
    {
        using var model = new SqlServerModel();
        foreach (var context in Contexts())
            model.Define(ScriptOf(context));
        model.Failures.ShouldBeEmpty();
    }

    [Fact]
    public void Every_statement_that_the_platform_writes_by_hand_finds_its_tables()
    {
        using var model = new SqlServerModel();
        foreach (var context in Contexts())
            model.Define(ScriptOf(context));
        foreach (var schema in Landscape.OfRepository().Modules.Select(module => module.Schema))
            model.Send(SqlServerStatements.WaitOutWriters(schema));
        model.Failures.ShouldBeEmpty();
    }

    [Fact]
    public void The_scripts_that_create_logins_and_schemas_fit_together()
    {
        using var model = new SqlServerModel();
        foreach (var script in new[] { "logins.sql", "schemas.sql" })
            model.Define(File.ReadAllText(Path.Combine(Repository.Root, "deploy", "sqlserver", script)));
        model.Failures.ShouldBeEmpty();
    }

    /// <summary>A check that has never failed proves nothing.</summary>
    [Fact]
    public void What_is_wrong_is_noticed()
    {
        using var model = new SqlServerModel();
        model.Define("CREATE TABLE [one] ([Id] int NOT NULL)").Send("SELECT [Ids] FROM [one]");
        model.Failures.ShouldNotBeEmpty("a column that is not there");
        using var grammar = new SqlServerModel();
        grammar
            .Define("CREATE TABLE [one] ([Id] uuid NOT NULL,")
            .Failures.ShouldNotBeEmpty("a broken script");
        using var missing = new SqlServerModel();
        missing.Send("DELETE FROM [two]").Failures.ShouldNotBeEmpty("a table that is not there");
    }

    private static IEnumerable<Type> Contexts()
    {
        var landscape = Landscape.OfRepository();
        return landscape.Modules.Concat(landscape.Of(ProjectKind.Host)).SelectMany(DatabaseModels.ContextsOf);
    }

    private static string ScriptOf(Type context)
    {
        var schema = DatabaseModels.ModelOf(context).Model!.GetDefaultSchema()!;
        using var database = DatabaseModels.Open(context, DatabaseEngine.SqlServer, schema);
        return database
            .GetService<IMigrator>()
            .GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);
    }
}
