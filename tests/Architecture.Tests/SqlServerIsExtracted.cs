using Architecture.Tests.Codebase;
using Platform.Data;
using Platform.Extraction;

namespace Architecture.Tests;

/// <summary>What a move would send to SQL Server, held against its model like everything else.</summary>
public sealed class SqlServerIsExtracted
{
    private static readonly SqlServerEngine Engine = new();

    [Fact]
    public void Every_statement_that_copies_compares_and_catches_up_finds_its_tables()
    {
        using var model = new SqlServerModel();
        foreach (var (schema, tables) in Schemas(model, [.. Modules(), .. Accounts()]))
        {
            model.Define(CopyLedger.CreateStatement(Engine.ExtractionSql, schema));
            foreach (var table in tables)
            {
                var statements = new TableStatements(table, Engine.ExtractionSql);
                var values = DeclarationsOf("v", table.Columns.Select(column => column.StoreType));
                var key = DeclarationsOf("k", table.Key.Select(column => table.Columns[column].StoreType));
                model
                    .Send(statements.Count)
                    .Send(statements.ReadNext(1_000, isFirst: true))
                    .Send(key + statements.ReadNext(1_000, isFirst: false))
                    .Send(key + statements.ReadOne)
                    .Send(values + statements.Insert)
                    .Send(values + statements.InsertUnlessOrphan)
                    .Send(key + statements.Delete)
                    .Send(SqlServerStatements.WaitOutWriters(table.Schema!, table.Name));
                if (statements.Update is { } update)
                    model.Send(key + values + update);
                if (statements.ReadCounter is not { } counter)
                    continue;
                model.Send(statements.SetCounter(7));
                // What the server has itself is not in the model.
                var failures = new List<string>();
                SqlServerSchema.Parse(counter, failures).ShouldNotBeNull();
                failures.ShouldBeEmpty();
            }
        }
        model.Failures.ShouldBeEmpty();
    }

    [Fact]
    public void Every_trigger_of_a_fence_and_of_a_capture_finds_its_tables()
    {
        var sql = Engine.FenceSql;
        using var model = new SqlServerModel();
        foreach (var (schema, tables) in Schemas(model, Modules()))
        {
            foreach (var statement in sql.PrepareFence(schema).Concat(sql.PrepareCapture(schema)))
                model.Define(statement);
            foreach (var table in tables)
            {
                var key = table.Key.Select(column => table.Columns[column].Name).ToList();
                foreach (
                    var trigger in sql.FenceOff(schema, table.Name, "Elsewhere.")
                        .Concat(sql.Capture(schema, table.Name, key))
                )
                    model.Trigger(trigger);
                var failures = new List<string>();
                foreach (
                    var statement in sql.OpenUp(schema, table.Name)
                        .Concat(sql.LeaveUncaptured(schema, table.Name))
                )
                    SqlServerSchema.Parse(statement, failures).ShouldNotBeNull();
                failures.ShouldBeEmpty();
            }
        }
        model.Failures.ShouldBeEmpty();
    }

    /// <summary>A table that has a trigger refuses statements with that clause.</summary>
    [Fact]
    public void No_table_of_a_module_is_written_to_with_an_output_clause()
    {
        foreach (var context in Modules())
        {
            using var database = DatabaseModels.Open(context, DatabaseEngine.SqlServer);
            foreach (
                var table in Microsoft
                    .EntityFrameworkCore.RelationalModelExtensions.GetRelationalModel(database.Model)
                    .Tables
            )
                Microsoft
                    .EntityFrameworkCore.SqlServerTableExtensions.IsSqlOutputClauseUsed(table)
                    .ShouldBeFalse(table.Name);
        }
    }

    private static string DeclarationsOf(string name, IEnumerable<string> types) =>
        string.Concat(types.Select((type, index) => $"DECLARE @{name}{index} {type}; "));

    /// <summary>The schemas of these contexts, defined in the model.</summary>
    private static IEnumerable<(string Schema, IReadOnlyList<TableShape> Tables)> Schemas(
        SqlServerModel model,
        IEnumerable<Type> contexts
    )
    {
        foreach (var context in contexts)
        {
            var schema = new SqlServerSchema();
            foreach (var script in MigrationScripts.Of(context))
                schema.Apply(script.Text);
            model.Define(schema);
            using var database = DatabaseModels.Open(context, DatabaseEngine.SqlServer);
            var tables = TableShape.AllOf(database);
            yield return (tables[0].Schema!, tables);
        }
    }

    private static IEnumerable<Type> Modules() =>
        Landscape.OfRepository().Modules.SelectMany(DatabaseModels.ContextsOf);

    private static IEnumerable<Type> Accounts() =>
        Landscape.OfRepository().Of(ProjectKind.Host).SelectMany(DatabaseModels.ContextsOf);
}
