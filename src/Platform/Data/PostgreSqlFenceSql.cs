using System.Data.Common;
using Npgsql;

namespace Platform.Data;

/// <summary>
/// The triggers ask by the rights of the tables' owner, so that a module's login needs none to what is not its own. One
/// that begins a statement looks at the fence as it is by then; whoever reads by an older snapshot is refused.
/// </summary>
internal sealed class PostgreSqlFenceSql : IFenceSql
{
    /// <summary>No class of the standard's or the server's.</summary>
    private const string Refusal = "ML001";

    private const string OldSnapshot =
        "While a module is on the move its tables are written at READ COMMITTED, so that each statement sees the fence.";

    public IReadOnlyList<string> PrepareFence(string? schema) =>
        [
            $"""
                CREATE TABLE IF NOT EXISTS "{schema}".fence (
                    only_one boolean NOT NULL PRIMARY KEY DEFAULT true CHECK (only_one),
                    may_write text NULL,
                    sentence text NOT NULL
                )
                """,
            $"""
                CREATE OR REPLACE FUNCTION "{schema}".refuse_behind_fence() RETURNS trigger LANGUAGE plpgsql
                SECURITY DEFINER SET search_path = pg_catalog AS $$
                DECLARE
                    fence record;
                BEGIN
                    IF current_setting('transaction_isolation') <> 'read committed' THEN
                    RAISE EXCEPTION USING ERRCODE = '{Refusal}', MESSAGE = '{OldSnapshot}';
                END IF;
                SELECT may_write, sentence INTO fence FROM "{schema}".fence;
                IF FOUND AND (
                    fence.may_write IS NULL
                    OR right(current_setting('application_name'), length(fence.may_write) + 1) <> '@' || fence.may_write
                ) THEN
                    RAISE EXCEPTION USING ERRCODE = '{Refusal}', MESSAGE = fence.sentence;
                END IF;
                RETURN NULL;
                END $$
                """,
        ];

    public IReadOnlyList<string> FenceOff(string? schema, string table, string sentence) =>
        [
            $"""
                CREATE OR REPLACE TRIGGER fence BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON "{schema}"."{table}"
                FOR EACH STATEMENT EXECUTE FUNCTION "{schema}".refuse_behind_fence()
                """,
        ];

    public string IsFencedOff(string? schema, string table) =>
        $"SELECT count(*) FROM pg_trigger WHERE tgname = 'fence' AND tgrelid = '\"{schema}\".\"{table}\"'::regclass";

    public string MayFenceOff(string? schema, string table) =>
        $"SELECT count(*) FROM pg_class WHERE oid = '\"{schema}\".\"{table}\"'::regclass AND pg_has_role(relowner, 'USAGE')";

    public IReadOnlyList<string> OpenUp(string? schema, string table) =>
        [$"""DROP TRIGGER IF EXISTS fence ON "{schema}"."{table}" """];

    public IReadOnlyList<string> ForgetFence(string? schema) =>
        [
            $"""DROP FUNCTION IF EXISTS "{schema}".refuse_behind_fence()""",
            $"""DROP TABLE IF EXISTS "{schema}".fence""",
        ];

    public IReadOnlyList<string> PrepareCapture(string? schema) =>
        [
            $"""
                CREATE TABLE IF NOT EXISTS "{schema}".captured_change (
                    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                    table_name text NOT NULL,
                    row_key text NOT NULL
                )
                """,
        ];

    /// <summary>A function for each table: its key's columns are compiled into it.</summary>
    public IReadOnlyList<string> Capture(string? schema, string table, IReadOnlyList<string> key)
    {
        var (old, current) = (KeyOf("OLD"), KeyOf("NEW"));
        return
        [
            $"""
                CREATE OR REPLACE FUNCTION "{schema}"."capture_{table}"() RETURNS trigger LANGUAGE plpgsql
                SECURITY DEFINER SET search_path = pg_catalog AS $$
                BEGIN
                    IF TG_OP <> 'INSERT' THEN
                        INSERT INTO "{schema}".captured_change (table_name, row_key) VALUES ('{table}', {old});
                    END IF;
                    IF TG_OP = 'INSERT' THEN
                        INSERT INTO "{schema}".captured_change (table_name, row_key) VALUES ('{table}', {current});
                    ELSIF TG_OP = 'UPDATE' AND {current} <> {old} THEN
                        INSERT INTO "{schema}".captured_change (table_name, row_key) VALUES ('{table}', {current});
                    END IF;
                    RETURN NULL;
                END $$
                """,
            $"""
                CREATE OR REPLACE TRIGGER capture AFTER INSERT OR UPDATE OR DELETE ON "{schema}"."{table}"
                FOR EACH ROW EXECUTE FUNCTION "{schema}"."capture_{table}"()
                """,
        ];

        string KeyOf(string row) =>
            $"jsonb_build_array({string.Join(", ", key.Select(column => $"{row}.\"{column}\"::text"))})::text";
    }

    public IReadOnlyList<string> LeaveUncaptured(string? schema, string table) =>
        [
            $"""DROP TRIGGER IF EXISTS capture ON "{schema}"."{table}" """,
            $"""DROP FUNCTION IF EXISTS "{schema}"."capture_{table}"()""",
        ];

    public IReadOnlyList<string> ForgetCapture(string? schema) =>
        [$"""DROP TABLE IF EXISTS "{schema}".captured_change"""];

    public bool IsRefusal(DbException exception) => exception is PostgresException { SqlState: Refusal };
}
