using System.Globalization;
using Figures.Databases;

namespace Figures.Placing;

/// <summary>Orders of long ago, each like the newest that the host has placed, with its event and its idempotency key.</summary>
internal static class StoredOrders
{
    private static readonly string[] Followers = ["riders", "reviews"];

    /// <summary>Stores them as delivered, and tells the modules that follow that they have seen them.</summary>
    public static async Task AddAsync(string connectionString, int orders)
    {
        if (orders == 0)
            return;
        var inserts = new[]
        {
            await CopyAsync(
                connectionString,
                "order",
                "PlacedAt",
                orders,
                new(StringComparer.Ordinal)
                {
                    ["Id"] = "gen_random_uuid()",
                    ["CustomerId"] = "gen_random_uuid()",
                    ["Status"] = "'Delivered'",
                    ["Payment"] = "'Captured'",
                    ["AnswerBy"] = "NULL",
                    ["PlacedAt"] = "\"PlacedAt\" - number * interval '1 second'",
                }
            ),
            await CopyAsync(
                connectionString,
                "outbox",
                "Position",
                orders,
                new(StringComparer.Ordinal)
                {
                    ["EventId"] = "gen_random_uuid()",
                    ["Key"] = "gen_random_uuid()",
                    ["Position"] = "nextval(pg_get_serial_sequence('orders.outbox', 'Position'))",
                }
            ),
            await CopyAsync(
                connectionString,
                "idempotency_key",
                "CreatedAt",
                orders,
                new(StringComparer.Ordinal) { ["Key"] = "gen_random_uuid()::text" }
            ),
        };
        var cursors = Followers.Select(module =>
            $"""
                INSERT INTO {module}.cursor ("Stream", "Position", "Replays")
                SELECT 'orders', max("Position"), 0 FROM orders.outbox
                ON CONFLICT ("Stream") DO UPDATE SET "Position" = EXCLUDED."Position"
                """
        );
        await Sql.ExecuteAsync(
            connectionString,
            $"BEGIN; {string.Join("; ", inserts.Concat(cursors))}; COMMIT"
        );
        await Sql.ExecuteAsync(connectionString, "VACUUM (ANALYZE)");
    }

    /// <summary>A statement that stores a table's newest row again, so many times, with some columns of its own.</summary>
    private static async Task<string> CopyAsync(
        string connectionString,
        string table,
        string newest,
        int rows,
        Dictionary<string, string> own
    )
    {
        var columns = (
            await Sql.RowAsync(connectionString, $"SELECT * FROM orders.\"{table}\" LIMIT 1")
        ).Keys.ToList();
        var values = columns.Select(column => own.GetValueOrDefault(column, $"\"{column}\""));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            INSERT INTO orders."{table}" ({Sql.Names(columns)}) OVERRIDING SYSTEM VALUE
            SELECT {string.Join(", ", values)}
            FROM (SELECT * FROM orders."{table}" ORDER BY "{newest}" DESC LIMIT 1) AS newest,
                generate_series(1, {rows}) AS number
            """
        );
    }
}
