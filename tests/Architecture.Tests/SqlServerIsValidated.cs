using System.Text.RegularExpressions;
using Architecture.Tests.Codebase;
using Platform.Data;

namespace Architecture.Tests;

/// <summary>
/// No SQL Server runs where this is built, so what would be sent to one is held against its own parser and model.
/// </summary>
public sealed partial class SqlServerIsValidated
{
    /// <summary>The parameters of a cursor's move.</summary>
    private const string MovedBy =
        "DECLARE @to bigint = 2, @from bigint = 1, @replays bigint = 0, @stream nvarchar(100) = N'orders', "
        + "@identity uniqueidentifier, @event uniqueidentifier; ";

    [Fact]
    public void Every_migration_is_one_that_it_accepts_after_those_before()
    {
        foreach (var context in Contexts())
            MigrationScripts.Failures(MigrationScripts.Of(context)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_statement_that_the_platform_writes_by_hand_finds_its_tables()
    {
        using var model = new SqlServerModel();
        foreach (var context in Contexts())
        {
            var schema = new SqlServerSchema();
            foreach (var script in MigrationScripts.Of(context))
                schema.Apply(script.Text);
            model.Define(schema);
        }
        foreach (var schema in Landscape.OfRepository().Modules.Select(module => module.Schema))
        {
            model
                .Send(MovedBy + SqlServerStatements.MoveCursor(schema))
                .Send(SqlServerStatements.OutboxIsBehind(schema))
                .Send(SqlServerStatements.AlignOutbox(schema));
        }
        foreach (var context in Contexts())
        {
            using var database = DatabaseModels.Open(context, DatabaseEngine.SqlServer);
            foreach (
                var insert in database
                    .Model.GetEntityTypes()
                    .Select(SqlServerStatements.Insert)
                    .OfType<string>()
            )
                model.Send($"DECLARE @rows0 nvarchar(max) = N'[]'; {insert}");
        }
        model.Failures.ShouldBeEmpty();
    }

    /// <summary>What the server has itself is not in the model; its grammar is all that they can be held against.</summary>
    [Fact]
    [Trait("Fault", "Q2")]
    public void Every_statement_about_the_server_itself_can_be_read()
    {
        var failures = new List<string>();
        foreach (
            var statement in new[]
            {
                SqlServerStatements.ReadersWait,
                SqlServerStatements.ReadersDoNotWait,
                SqlServerStatements.LastWritten,
                SqlServerStatements.FirstInFlight,
                SqlServerStatements.BeginAtOnce + SqlServerStatements.CommitAtOnce,
                SqlServerStatements.TryLock,
                SqlServerStatements.Unlock,
                SqlServerStatements.LimitLockWaits(TimeSpan.FromSeconds(2)),
            }
        )
            SqlServerSchema.Parse(statement, failures).ShouldNotBeNull();
        failures.ShouldBeEmpty();
    }

    [Fact]
    public void The_scripts_that_create_logins_and_schemas_fit_together()
    {
        var folder = Path.Combine(Repository.Root, "deploy", "sqlserver");
        var logins = File.ReadAllText(Path.Combine(folder, "logins.sql"));
        var failures = new List<string>();
        SqlServerSchema.Parse(logins, failures).ShouldNotBeNull();
        failures.ShouldBeEmpty();
        using var model = new SqlServerModel();
        // Each is made by a statement that is put together.
        foreach (var login in Logins().Matches(logins).Select(match => match.Groups["login"].Value))
            model.Define($"CREATE LOGIN [{login}] WITH PASSWORD = N'Any.1234'");
        model.Define(File.ReadAllText(Path.Combine(folder, "schemas.sql")));
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

    [GeneratedRegex("@login sysname = N'(?<login>\\w+)'", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Logins();

    private static IEnumerable<Type> Contexts()
    {
        var landscape = Landscape.OfRepository();
        return landscape.Modules.Concat(landscape.Of(ProjectKind.Host)).SelectMany(DatabaseModels.ContextsOf);
    }
}
