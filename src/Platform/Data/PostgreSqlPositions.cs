using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace Platform.Data;

/// <summary>
/// Keeps the sequence of an outbox's positions ahead of its rows. A logical restore and a switch between two servers
/// that replicate rows leave it behind, and then it hands out what is taken.
/// </summary>
internal static class PostgreSqlPositions
{
    /// <summary>Sets the sequence right if it is behind.</summary>
    /// <returns>Whether it was.</returns>
    /// <exception cref="OutboxBehindException">It is behind, and this login may not set it.</exception>
    public static async Task<bool> AlignAsync(
        DatabaseFacade database,
        string schema,
        CancellationToken cancellationToken
    )
    {
        if (!await IsBehindAsync(database, schema, cancellationToken))
            return false;
        try
        {
            await using var transaction = await database.BeginTransactionAsync(cancellationToken);
            // Nobody draws a position meanwhile.
            await database.ExecuteSqlRawAsync(Lock(schema), cancellationToken);
            if (await IsBehindAsync(database, schema, cancellationToken))
                await database.ExecuteSqlRawAsync(Set(schema), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return true;
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new OutboxBehindException(schema, refused);
        }
    }

    /// <summary>Who may not look at the sequence cannot know; a position that is taken will tell.</summary>
    private static Task<bool> IsBehindAsync(
        DatabaseFacade database,
        string schema,
        CancellationToken cancellationToken
    ) => database.SqlQueryRaw<bool>(IsBehind(schema)).SingleAsync(cancellationToken);

    private static string IsBehind(string schema) =>
        $"""
            SELECT has_sequence_privilege(given.name, 'SELECT')
                AND (SELECT coalesce(max("Position"), 0) FROM "{schema}".outbox)
                  > CASE WHEN has_sequence_privilege(given.name, 'SELECT')
                      THEN coalesce(pg_sequence_last_value(given.name::regclass), 0) END AS "Value"
            FROM (SELECT {Sequence(schema)} AS name) AS given
            """;

    private static string Lock(string schema) =>
        $"LOCK TABLE \"{schema}\".outbox IN SHARE ROW EXCLUSIVE MODE";

    private static string Set(string schema) =>
        $"SELECT setval({Sequence(schema)}, (SELECT max(\"Position\") FROM \"{schema}\".outbox))";

    private static string Sequence(string schema) =>
        $"pg_get_serial_sequence('\"{schema}\".outbox', 'Position')";
}
