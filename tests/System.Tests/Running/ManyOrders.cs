namespace System.Tests.Running;

/// <summary>Old orders in any number, made by SQL of one that was delivered; in a file that no host has open.</summary>
internal static class ManyOrders
{
    /// <summary>Makes an old order into many, with what belongs to each.</summary>
    /// <param name="orders">The file.</param>
    /// <param name="count">How many more.</param>
    /// <param name="withEvents">Whether also its events, which whoever follows then handles.</param>
    public static void Make(Database orders, int count, bool withEvents)
    {
        const string Id = "printf('%08X-0000-7000-8000-%012X', n, n)";
        Copy("order", ("Id", Id));
        Copy("settlement", ("Id", Id), ("OrderId", Id));
        Copy("idempotency_key", ("Key", "printf('key %d', n)"));
        if (withEvents)
            Copy("outbox", ("Position", "NULL"), ("EventId", Id));

        void Copy(string table, params (string Column, string Value)[] own)
        {
            var columns = orders.Query(
                $"SELECT name FROM pragma_table_info('{table}')",
                row => row.GetString(0)
            );
            var values = columns.Select(column =>
                Array.Find(own, one => one.Column == column).Value ?? $"\"{column}\""
            );
            orders.Execute(
                $"WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count}) "
                    + $"INSERT INTO \"{table}\" SELECT {string.Join(", ", values)} FROM numbers, "
                    + $"(SELECT * FROM \"{table}\" ORDER BY rowid LIMIT 1)"
            );
        }
    }
}
