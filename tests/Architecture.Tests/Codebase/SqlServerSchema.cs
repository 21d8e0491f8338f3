using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Architecture.Tests.Codebase;

/// <summary>
/// What scripts leave behind in a database of SQL Server when they run one after another. Its model takes definitions
/// only, so what a script alters, renames or drops is done here to the definitions themselves.
/// </summary>
internal sealed class SqlServerSchema
{
    private readonly SqlServerDefinitions _definitions = new();
    private readonly List<string> _failures = [];
    private readonly List<string> _sent = [];

    /// <summary>All that is defined by now.</summary>
    public IEnumerable<string> Definitions => _definitions.All.Select(Write).Distinct(StringComparer.Ordinal);

    /// <summary>What the latest script did to rows, to be held against what is defined by now.</summary>
    public IReadOnlyList<string> Sent => _sent;

    /// <summary>What the latest script asks for that cannot be done.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>Does what a script does, as if all its conditions held.</summary>
    public SqlServerSchema Apply(string script)
    {
        _failures.Clear();
        _sent.Clear();
        foreach (var batch in Batches(script))
            Apply(batch.Statements, DeclarationsIn(batch));
        return this;
    }

    /// <summary>Reads a script, or says where it cannot be read.</summary>
    public static TSqlScript? Parse(string script, ICollection<string> failures)
    {
        using var reader = new StringReader(script);
        var fragment = new TSql160Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        foreach (var error in errors)
            failures.Add($"line {error.Line}: {error.Message}");
        return errors.Count == 0 ? (TSqlScript)fragment : null;
    }

    private IEnumerable<TSqlBatch> Batches(string script) => Parse(script, _failures)?.Batches ?? [];

    private void Apply(IEnumerable<TSqlStatement> statements, string declarations)
    {
        foreach (var statement in statements)
            Apply(statement, declarations);
    }

    private void Apply(TSqlStatement statement, string declarations)
    {
        switch (statement)
        {
            case IfStatement condition:
                Apply(condition.ThenStatement, declarations);
                if (condition.ElseStatement is { } otherwise)
                    Apply(otherwise, declarations);
                break;
            case BeginEndBlockStatement block:
                Apply(block.StatementList.Statements, declarations);
                break;
            case TryCatchStatement guarded:
                Apply(guarded.TryStatements.Statements, declarations);
                break;
            case ExecuteStatement { ExecuteSpecification.ExecutableEntity: ExecutableStringList text }:
                // A text that is put together at run time drops the default of a column, whose name the server chose.
                if (text.Strings is [StringLiteral literal])
                    Apply(Batches(literal.Value).SelectMany(batch => batch.Statements), declarations);
                break;
            case ExecuteStatement
            {
                ExecuteSpecification.ExecutableEntity: ExecutableProcedureReference call
            }:
                Try(() => _definitions.Rename(call));
                break;
            case DataModificationStatement:
                _sent.Add(declarations + Write(statement));
                break;
            case DeclareVariableStatement or SelectStatement or SetVariableStatement or PredicateSetStatement:
            case PrintStatement or RaiseErrorStatement or ThrowStatement or TransactionStatement:
            case AlterDatabaseStatement or AlterLoginStatement or AlterUserStatement:
                break;
            default:
                Try(() => _definitions.Apply(statement));
                break;
        }
    }

    private void Try(Action change)
    {
        try
        {
            change();
        }
        catch (SqlServerRefusalException refused)
        {
            _failures.Add(refused.Message);
        }
    }

    private static string DeclarationsIn(TSqlBatch batch) =>
        string.Concat(
            batch
                .Statements.OfType<DeclareVariableStatement>()
                .Select(declaration => $"{Write(declaration)};\n")
        );

    private static string Write(TSqlFragment statement)
    {
        new Sql160ScriptGenerator().GenerateScript(statement, out var text);
        return text;
    }
}

/// <summary>What SQL Server would refuse, by the name of what it is about.</summary>
internal sealed class SqlServerRefusalException(string message) : Exception(message);
