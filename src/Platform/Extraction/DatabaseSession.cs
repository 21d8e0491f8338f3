using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Platform.Data;

namespace Platform.Extraction;

/// <summary>
/// One database of a move, by the open connection of a context: what is asked of it that Entity Framework has no words
/// for. Everything takes part in the context's transaction, if there is one.
/// </summary>
internal sealed class DatabaseSession : IAsyncDisposable
{
    private DatabaseSession(DbContext context)
    {
        Context = context;
        Engine = DatabaseEngines.Of(context.Database);
        Schema = context.Model.GetDefaultSchema();
    }

    public DbContext Context { get; }

    public IDatabaseEngine Engine { get; }

    public IExtractionSql Sql => Engine.ExtractionSql;

    public string? Schema { get; }

    public static async Task<DatabaseSession> OpenAsync(
        DbContext context,
        CancellationToken cancellationToken
    )
    {
        await context.Database.OpenConnectionAsync(cancellationToken);
        return new DatabaseSession(context);
    }

    public ValueTask DisposeAsync() => new(Context.Database.CloseConnectionAsync());

    public Task<IDbContextTransaction> BeginAsync(CancellationToken cancellationToken) =>
        Context.Database.BeginTransactionAsync(cancellationToken);

    public DbCommand Command(string text)
    {
        var command = Connection.CreateCommand();
        command.CommandText = text;
        command.Transaction = Transaction;
        return command;
    }

    /// <summary>Runs a statement with texts and numbers in its parameters <c>@a0</c> and so on.</summary>
    /// <returns>How many rows it changed.</returns>
    public async Task<int> ExecuteAsync(
        string statement,
        CancellationToken cancellationToken,
        params object?[] arguments
    )
    {
        await using var command = Command(statement);
        AddArguments(command, arguments);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Runs statements in one transaction, each waiting for a lock no longer than <paramref name="patience"/>.</summary>
    public async Task ExecuteTogetherAsync(
        IReadOnlyList<string> statements,
        CancellationToken cancellationToken,
        TimeSpan? patience = null
    )
    {
        await using var transaction = await BeginAsync(cancellationToken);
        if (patience is { } limit)
            await Engine.LimitLockWaitsAsync(Context.Database, limit, cancellationToken);
        foreach (var statement in statements)
            await ExecuteAsync(statement, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>The one number that a query yields.</summary>
    public async Task<long> ScalarAsync(
        string query,
        CancellationToken cancellationToken,
        params object?[] arguments
    )
    {
        await using var command = Command(query);
        AddArguments(command, arguments);
        return Convert.ToInt64(
            await command.ExecuteScalarAsync(cancellationToken),
            CultureInfo.InvariantCulture
        );
    }

    /// <summary>The rows of a query, each as <paramref name="read"/> has it.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(
        string query,
        Func<DbDataReader, T> read,
        CancellationToken cancellationToken,
        params object?[] arguments
    )
    {
        await using var command = Command(query);
        AddArguments(command, arguments);
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(read(reader));
        return rows;
    }

    /// <summary>Runs a statement once for each item, in as few round trips as the engine can.</summary>
    public async Task ExecuteAllAsync<T>(
        string statement,
        IReadOnlyList<T> items,
        Action<DbCommand, DbParameterCollection, T> addParameters,
        CancellationToken cancellationToken
    )
    {
        if (items.Count == 0)
            return;
        await using var command = Command(statement);
        if (!Connection.CanCreateBatch)
        {
            foreach (var item in items)
            {
                command.Parameters.Clear();
                addParameters(command, command.Parameters, item);
                await command.ExecuteNonQueryAsync(cancellationToken);
            }
            return;
        }
        await using var batch = Connection.CreateBatch();
        batch.Transaction = Transaction;
        foreach (var item in items)
        {
            var one = batch.CreateBatchCommand();
            one.CommandText = statement;
            addParameters(command, one.Parameters, item);
            batch.BatchCommands.Add(one);
        }
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private DbConnection Connection => Context.Database.GetDbConnection();

    private DbTransaction? Transaction => Context.Database.CurrentTransaction?.GetDbTransaction();

    private static void AddArguments(DbCommand command, object?[] arguments)
    {
        for (var index = 0; index < arguments.Length; index++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = string.Create(CultureInfo.InvariantCulture, $"@a{index}");
            parameter.Value = arguments[index] ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }
    }
}
