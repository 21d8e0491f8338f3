using Microsoft.SqlServer.Dac.Model;

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
    public SqlServerModel Define(string script) => Define(new SqlServerSchema().Apply(script));

    /// <summary>Adds what scripts left behind, and what the last of them did to rows.</summary>
    public SqlServerModel Define(SqlServerSchema schema)
    {
        _failures.AddRange(schema.Failures);
        foreach (var definition in schema.Definitions)
            Add(definition);
        foreach (var statement in schema.Sent)
            Send(statement);
        return this;
    }

    /// <summary>Adds statements that are sent to the database, for all that they name to be looked up.</summary>
    public SqlServerModel Send(string statements)
    {
        if (SqlServerSchema.Parse(statements, _failures) is not null)
            Add($"CREATE PROCEDURE [dbo].[sent_{++_procedures}] AS BEGIN {statements} END");
        return this;
    }

    /// <summary>Adds a trigger, for all that it names to be looked up.</summary>
    public SqlServerModel Trigger(string definition)
    {
        if (SqlServerSchema.Parse(definition, _failures) is not null)
            Add(definition.Replace("CREATE OR ALTER", "CREATE", StringComparison.Ordinal));
        return this;
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
            var reasons = string.Join(' ', refused.Messages.Select(Describe));
            _failures.Add($"{refused.Message} {reasons} In: {definition}");
        }
    }

    private static string Describe(DacModelMessage message) =>
        $"{message.Prefix}{message.Number}: {message.Message}";
}
