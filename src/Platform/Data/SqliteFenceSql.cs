using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Platform.Data;

/// <summary>
/// The triggers ask a function that each connection of ours answers with the name of its home. A connection that does
/// not know it, such as one of another program, cannot write to a table that has such a trigger at all.
/// </summary>
internal sealed class SqliteFenceSql : IFenceSql
{
    /// <summary>The function by which a connection says whose it is.</summary>
    public const string Home = "monolith_home";

    private const string Begins = "Behind a fence: ";

    private static readonly string[] Writes = ["INSERT", "UPDATE", "DELETE"];

    public IReadOnlyList<string> PrepareFence(string? schema) =>
        [
            """
                CREATE TABLE IF NOT EXISTS fence (
                    only_one INTEGER NOT NULL PRIMARY KEY DEFAULT 1 CHECK (only_one = 1),
                    may_write TEXT NULL,
                    sentence TEXT NOT NULL
                )
                """,
        ];

    /// <summary>It raises no sentence but one that is written in the trigger.</summary>
    public IReadOnlyList<string> FenceOff(string? schema, string table, string sentence) =>
        [
            .. OpenUp(schema, table),
            .. Writes.Select(write =>
                $"""
                    CREATE TRIGGER "fence_{table}_{write}" BEFORE {write} ON "{table}"
                    WHEN EXISTS (SELECT 1 FROM fence WHERE may_write IS NULL OR may_write <> {Home}())
                    BEGIN SELECT RAISE(ABORT, '{(Begins + sentence).Replace(
                        "'",
                        "''",
                        StringComparison.Ordinal
                    )}'); END
                    """
            ),
        ];

    public IReadOnlyList<string> OpenUp(string? schema, string table) =>
        [.. Writes.Select(write => $"DROP TRIGGER IF EXISTS \"fence_{table}_{write}\"")];

    public IReadOnlyList<string> ForgetFence(string? schema) => ["DROP TABLE IF EXISTS fence"];

    public IReadOnlyList<string> PrepareCapture(string? schema) =>
        [
            """
                CREATE TABLE IF NOT EXISTS captured_change (
                    number INTEGER PRIMARY KEY AUTOINCREMENT,
                    table_name TEXT NOT NULL,
                    row_key TEXT NOT NULL
                )
                """,
        ];

    public IReadOnlyList<string> Capture(string? schema, string table, IReadOnlyList<string> key)
    {
        var (old, current) = (KeyOf("OLD"), KeyOf("NEW"));
        return
        [
            Trigger("INSERT", "", Note(current)),
            Trigger("DELETE", "", Note(old)),
            Trigger("UPDATE", "", Note(old)),
            Trigger("UPDATE", "_key", Note(current), $"WHEN {current} <> {old}"),
        ];

        string KeyOf(string row) =>
            $"json_array({string.Join(", ", key.Select(column => $"CAST({row}.\"{column}\" AS TEXT)"))})";

        string Note(string noted) =>
            $"INSERT INTO captured_change (table_name, row_key) VALUES ('{table}', {noted});";

        string Trigger(string write, string ending, string does, string condition = "") =>
            $"""
                CREATE TRIGGER IF NOT EXISTS "capture_{table}_{write}{ending}" AFTER {write} ON "{table}"
                {condition} BEGIN {does} END
                """;
    }

    public IReadOnlyList<string> LeaveUncaptured(string? schema, string table) =>
        [
            .. Writes
                .Append("UPDATE_key")
                .Select(write => $"DROP TRIGGER IF EXISTS \"capture_{table}_{write}\""),
        ];

    public IReadOnlyList<string> ForgetCapture(string? schema) => ["DROP TABLE IF EXISTS captured_change"];

    public bool IsRefusal(DbException exception) =>
        exception is SqliteException failure
        && (
            failure.SqliteExtendedErrorCode == raw.SQLITE_CONSTRAINT_TRIGGER
                && failure.Message.Contains(Begins, StringComparison.Ordinal)
            || failure.Message.Contains($"no such function: {Home}", StringComparison.Ordinal)
        );
}
