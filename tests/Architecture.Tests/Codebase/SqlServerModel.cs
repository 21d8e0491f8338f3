using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Architecture.Tests.Codebase;

/// <summary>
/// SQL Server 2022 as far as it can be had without a server: its parser, and its model, in which every statement must
/// find the tables and columns that it names.
/// </summary>
internal sealed class SqlServerModel : IDisposable
{
    private readonly TSqlModel _model = new(SqlServerVersion.Sql160, new TSqlModelOptions());
    private readonly List<string> _failures = [];
    private int _procedures;

    /// <summary>What is wrong with all that was added.</summary>
    public IReadOnlyList<string> Failures => [.. _failures, .. _model.Validate().Select(Describe)];

    /// <summary>Adds what a script defines; the script's conditions are left aside.</summary>
    public SqlServerModel Define(string script)
    {
        var definitions = new Definitions();
        Parse(script)?.Accept(definitions);
        foreach (var inner in definitions.Executed)
            Parse(inner)?.Accept(definitions);
        var generator = new Sql160ScriptGenerator();
        foreach (var definition in definitions.Found)
        {
            generator.GenerateScript(definition, out var text);
            Add(text);
        }
        return this;
    }

    /// <summary>Adds statements that are sent to the database, for all that they name to be looked up.</summary>
    public SqlServerModel Send(string statements)
    {
        if (Parse(statements) is not null)
            Add($"CREATE PROCEDURE [dbo].[sent_{++_procedures}] AS BEGIN {statements} END");
        return this;
    }

    /// <summary>Reads a script for its grammar alone.</summary>
    public TSqlFragment? Parse(string script)
    {
        using var reader = new StringReader(script);
        var fragment = new TSql160Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        _failures.AddRange(errors.Select(error => $"line {error.Line}: {error.Message}"));
        return errors.Count == 0 ? fragment : null;
    }

    public void Dispose() => _model.Dispose();

    private void Add(string definition)
    {
        try
        {
            _model.AddObjects(definition);
        }
        catch (DacModelException refused)
        {
            _failures.Add($"{refused.Message} {string.Join(' ', refused.Messages.Select(Describe))}");
        }
    }

    private static string Describe(DacModelMessage message) =>
        $"{message.Prefix}{message.Number}: {message.Message}";

    /// <summary>Finds what defines something, however deep in conditions.</summary>
    private sealed class Definitions : TSqlFragmentVisitor
    {
        public List<TSqlStatement> Found { get; } = [];

        public List<string> Executed { get; } = [];

        public override void Visit(CreateTableStatement node) => Found.Add(node);

        public override void Visit(CreateIndexStatement node) => Found.Add(node);

        public override void Visit(CreateSchemaStatement node) => Found.Add(node);

        public override void Visit(CreateUserStatement node) => Found.Add(node);

        public override void Visit(CreateLoginStatement node) => Found.Add(node);

        public override void Visit(GrantStatement node) => Found.Add(node);

        public override void Visit(AlterTableAddTableElementStatement node) => Found.Add(node);

        public override void Visit(ExecutableStringList node) =>
            Executed.AddRange(node.Strings.OfType<StringLiteral>().Select(literal => literal.Value));
    }
}
