using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Architecture.Tests.Codebase;

/// <summary>The definitions of a database, each kept as the statement that would make it as it is now.</summary>
internal sealed class SqlServerDefinitions
{
    private readonly List<TSqlStatement> _others = [];
    private readonly List<CreateTableStatement> _tables = [];
    private readonly List<CreateIndexStatement> _indexes = [];

    public IEnumerable<TSqlStatement> All => [.. _others, .. _tables, .. _indexes];

    /// <summary>Defines, alters or drops something.</summary>
    /// <exception cref="SqlServerRefusalException">The server would refuse it, or nobody here knows what it does.</exception>
    public void Apply(TSqlStatement statement)
    {
        switch (statement)
        {
            case CreateTableStatement table when Find(table.SchemaObjectName) is null:
                _tables.Add(table);
                break;
            case CreateTableStatement table:
                throw new SqlServerRefusalException($"makes {Name(table.SchemaObjectName)}, which is there.");
            case CreateIndexStatement index:
                Table(index.OnName, $"puts index {index.Name.Value} on");
                _indexes.Add(index);
                break;
            case CreateSchemaStatement
            or CreateUserStatement
            or CreateLoginStatement
            or CreateSequenceStatement
            or GrantStatement:
                _others.Add(statement);
                break;
            case AlterTableAddTableElementStatement added:
                Add(added);
                break;
            case AlterTableAlterColumnStatement altered:
                Alter(altered);
                break;
            case AlterTableDropTableElementStatement dropped:
                foreach (var element in dropped.AlterTableDropTableElements)
                    Drop(element, Table(dropped.SchemaObjectName, "drops a part of"));
                break;
            case DropIndexStatement dropped:
                foreach (var clause in dropped.DropIndexClauses.OfType<DropIndexClause>())
                    _indexes.Remove(Index(clause.Object, clause.Index.Value));
                break;
            case DropTableStatement dropped:
                foreach (var name in dropped.Objects)
                    Drop(Table(name, "drops"));
                break;
            default:
                throw new SqlServerRefusalException(
                    $"has a {statement.GetType().Name}, which {nameof(SqlServerDefinitions)} does not know; teach it."
                );
        }
    }

    /// <summary>Does what <c>sp_rename</c> does; other procedures change no definition.</summary>
    /// <exception cref="SqlServerRefusalException">What should be renamed is not there.</exception>
    public void Rename(ExecutableProcedureReference call)
    {
        var name = call.ProcedureReference?.ProcedureReference?.Name.BaseIdentifier.Value;
        if (!Is(name, "sp_rename"))
            return;
        var texts = call
            .Parameters.Select(parameter => (parameter.ParameterValue as StringLiteral)?.Value)
            .ToList();
        if (texts is not [{ } old, { } renamed, var kind])
            throw new SqlServerRefusalException("calls sp_rename without an old name, a new one and a kind.");
        var path = old.Split('.').Select(part => part.Trim('[', ']')).ToList();
        var of = Is(kind, "OBJECT") ? path : path[..^1];
        var table = Table(SchemaAndName(of), $"renames {old} of");
        if (Is(kind, "OBJECT"))
            Rename(table, renamed);
        else if (Is(kind, "COLUMN"))
            Rename(table, Column(table, path[^1]), renamed);
        else if (Is(kind, "INDEX"))
            Index(table.SchemaObjectName, path[^1]).Name.Value = renamed;
        else
            throw new SqlServerRefusalException(
                $"renames {old}, a {kind}, which nobody here knows; teach it."
            );
    }

    private void Add(AlterTableAddTableElementStatement added)
    {
        var table = Table(added.SchemaObjectName, "adds to");
        foreach (var column in added.Definition.ColumnDefinitions)
        {
            var name = column.ColumnIdentifier.Value;
            if (Columns(table).Any(present => Is(present.ColumnIdentifier.Value, name)))
                throw new SqlServerRefusalException($"adds {Name(table)}.{name}, which is there.");
            if (NeedsValue(column))
            {
                throw new SqlServerRefusalException(
                    $"adds {Name(table)}.{name}, which must have a value and says none for the rows that are there; "
                        + "give it a default."
                );
            }
            table.Definition.ColumnDefinitions.Add(column);
        }
        foreach (var constraint in added.Definition.TableConstraints)
        {
            if (constraint is DefaultConstraintDefinition { Column: { } of } value)
                Column(table, of.Value).DefaultConstraint = new DefaultConstraintDefinition
                {
                    ConstraintIdentifier = value.ConstraintIdentifier,
                    Expression = value.Expression,
                };
            else
                table.Definition.TableConstraints.Add(constraint);
        }
    }

    private static bool NeedsValue(ColumnDefinition column) =>
        column.Constraints.OfType<NullableConstraintDefinition>().Any(constraint => !constraint.Nullable)
        && column.DefaultConstraint is null
        && column.ComputedColumnExpression is null
        && column.IdentityOptions is null
        && column.DataType is not SqlDataTypeReference { SqlDataTypeOption: SqlDataTypeOption.Rowversion }
        && !Is(column.DataType?.Name?.BaseIdentifier.Value, "rowversion");

    private void Alter(AlterTableAlterColumnStatement altered)
    {
        var table = Table(altered.SchemaObjectName, "alters");
        var column = Column(table, altered.ColumnIdentifier.Value);
        if (altered.DataType is not { } type)
            return;
        column.DataType = type;
        column.Collation = altered.Collation;
        foreach (var before in column.Constraints.OfType<NullableConstraintDefinition>().ToList())
            column.Constraints.Remove(before);
        if (
            altered.AlterTableAlterColumnOption
            is AlterTableAlterColumnOption.Null
                or AlterTableAlterColumnOption.NotNull
        )
        {
            column.Constraints.Add(
                new NullableConstraintDefinition
                {
                    Nullable = altered.AlterTableAlterColumnOption == AlterTableAlterColumnOption.Null,
                }
            );
        }
    }

    private static void Drop(AlterTableDropTableElement element, CreateTableStatement table)
    {
        var name = element.Name.Value;
        if (element.TableElementType == TableElementType.Column)
        {
            table.Definition.ColumnDefinitions.Remove(Column(table, name));
            return;
        }
        var constraint = table.Definition.TableConstraints.FirstOrDefault(one =>
            Is(one.ConstraintIdentifier?.Value, name)
        );
        var ofColumn = Columns(table)
            .FirstOrDefault(one => Is(one.DefaultConstraint?.ConstraintIdentifier?.Value, name));
        if (constraint is not null)
            table.Definition.TableConstraints.Remove(constraint);
        else if (ofColumn is not null)
            ofColumn.DefaultConstraint = null;
        else
            throw new SqlServerRefusalException($"drops {name} of {Name(table)}, which is not there.");
    }

    private void Drop(CreateTableStatement table)
    {
        _tables.Remove(table);
        _indexes.RemoveAll(index => IsSame(index.OnName, table.SchemaObjectName));
    }

    private void Rename(CreateTableStatement table, string renamed)
    {
        foreach (var index in _indexes.Where(index => IsSame(index.OnName, table.SchemaObjectName)))
            index.OnName.BaseIdentifier.Value = renamed;
        foreach (
            var key in _tables
                .SelectMany(ForeignKeys)
                .Where(key => IsSame(key.ReferenceTableName, table.SchemaObjectName))
        )
            key.ReferenceTableName.BaseIdentifier.Value = renamed;
        table.SchemaObjectName.BaseIdentifier.Value = renamed;
    }

    /// <summary>What is of the table follows its column; a filter or a check names it as text and keeps the old name.</summary>
    private void Rename(CreateTableStatement table, ColumnDefinition column, string renamed)
    {
        var old = column.ColumnIdentifier.Value;
        var named = _indexes
            .Where(index => IsSame(index.OnName, table.SchemaObjectName))
            .SelectMany(index =>
                index
                    .Columns.Select(one => one.Column)
                    .Concat(index.IncludeColumns)
                    .Select(one => one.MultiPartIdentifier.Identifiers[^1])
            )
            .Concat(
                table
                    .Definition.TableConstraints.OfType<UniqueConstraintDefinition>()
                    .SelectMany(key => key.Columns)
                    .Select(one => one.Column.MultiPartIdentifier.Identifiers[^1])
            )
            .Concat(ForeignKeys(table).SelectMany(key => key.Columns))
            .Concat(
                _tables
                    .SelectMany(ForeignKeys)
                    .Where(key => IsSame(key.ReferenceTableName, table.SchemaObjectName))
                    .SelectMany(key => key.ReferencedTableColumns)
            )
            .Where(identifier => Is(identifier.Value, old));
        foreach (var identifier in named.ToList())
            identifier.Value = renamed;
        column.ColumnIdentifier.Value = renamed;
    }

    private CreateIndexStatement Index(SchemaObjectName table, string name) =>
        _indexes.Find(index => IsSame(index.OnName, table) && Is(index.Name.Value, name))
        ?? throw new SqlServerRefusalException(
            $"is about index {name} of {Name(table)}, which is not there."
        );

    private CreateTableStatement Table(SchemaObjectName name, string what) =>
        Find(name) ?? throw new SqlServerRefusalException($"{what} {Name(name)}, which is not there.");

    private CreateTableStatement? Find(SchemaObjectName name) =>
        _tables.Find(table => IsSame(table.SchemaObjectName, name));

    private static ColumnDefinition Column(CreateTableStatement table, string name) =>
        Columns(table).FirstOrDefault(column => Is(column.ColumnIdentifier.Value, name))
        ?? throw new SqlServerRefusalException($"is about {Name(table)}.{name}, which is not there.");

    private static IEnumerable<ColumnDefinition> Columns(CreateTableStatement table) =>
        table.Definition.ColumnDefinitions;

    private static IEnumerable<ForeignKeyConstraintDefinition> ForeignKeys(CreateTableStatement table) =>
        table
            .Definition.TableConstraints.Concat(Columns(table).SelectMany(column => column.Constraints))
            .OfType<ForeignKeyConstraintDefinition>();

    private static SchemaObjectName SchemaAndName(List<string> path)
    {
        var name = new SchemaObjectName();
        foreach (var part in path)
            name.Identifiers.Add(new Identifier { Value = part });
        return name;
    }

    private static string Name(CreateTableStatement table) => Name(table.SchemaObjectName);

    private static string Name(SchemaObjectName name) =>
        string.Join('.', name.Identifiers.Select(identifier => identifier.Value));

    private static bool IsSame(SchemaObjectName one, SchemaObjectName other) => Is(Name(one), Name(other));

    private static bool Is(string? one, string? other) =>
        string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
