namespace System.Tests.Running;

/// <summary>Orders in any number, made by SQL of one that was delivered.</summary>
internal static class ManyOrders
{
    /// <summary>Makes an old order into many, with what belongs to each.</summary>
    /// <param name="orders">A file that no host has open, or a schema on PostgreSQL.</param>
    /// <param name="count">How many more.</param>
    /// <param name="withEvents">Whether also its events, which whoever follows then handles; in a file.</param>
    public static void Make(Database orders, int count, bool withEvents)
    {
        var isFile = orders.File.Length > 0;
        var id = isFile
            ? "printf('%08X-0000-7000-8000-%012X', n, n)"
            : "('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid";
        Copy("order", ("Id", id));
        Copy("settlement", ("Id", id), ("OrderId", id));
        Copy("idempotency_key", ("Key", isFile ? "printf('key %d', n)" : "'key ' || n"));
        if (withEvents)
            Copy("outbox", ("Position", "NULL"), ("EventId", id));

        void Copy(string table, params (string Column, string Value)[] own)
        {
            var columns = orders.Query(
                isFile
                    ? $"SELECT name FROM pragma_table_info('{table}')"
                    : $"SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = '{table}'",
                row => row.GetString(0)
            );
            var values = columns.Select(column =>
                Array.Find(own, one => one.Column == column).Value ?? $"\"{column}\""
            );
            orders.Execute(
                $"WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {count}) "
                    + $"INSERT INTO \"{table}\" ({string.Join(", ", columns.Select(column => $"\"{column}\""))}) "
                    + $"SELECT {string.Join(", ", values)} FROM numbers, "
                    + $"(SELECT * FROM \"{table}\" ORDER BY {(isFile ? "rowid" : "ctid")} LIMIT 1) AS one"
            );
        }
    }
}
