using System.Data.Common;
using Microsoft.Data.SqlClient;

namespace Platform.Data;

/// <summary>
/// A trigger that throws ends the transaction with it. To make one waits for whoever has written to the table, and they
/// reach what is not their login's own because it has the same owner.
/// </summary>
internal sealed class SqlServerFenceSql : IFenceSql
{
    private const int Refusal = 51086;

    public IReadOnlyList<string> PrepareFence(string? schema) =>
        [
            $"""
                IF OBJECT_ID(N'[{schema}].[fence]', N'U') IS NULL CREATE TABLE [{schema}].[fence] (
                    [only_one] int NOT NULL PRIMARY KEY DEFAULT 1 CHECK ([only_one] = 1),
                    [may_write] nvarchar(40) NULL,
                    [sentence] nvarchar(400) NOT NULL
                );
                """,
        ];

    public IReadOnlyList<string> FenceOff(string? schema, string table, string sentence) =>
        [
            $"""
                CREATE OR ALTER TRIGGER [{schema}].[fence_{table}] ON [{schema}].[{table}] AFTER INSERT, UPDATE, DELETE AS
                BEGIN
                    SET NOCOUNT ON;
                    DECLARE @sentence nvarchar(400);
                    SELECT @sentence = [sentence] FROM [{schema}].[fence] WITH (READCOMMITTEDLOCK)
                    WHERE [may_write] IS NULL OR RIGHT(APP_NAME(), LEN([may_write]) + 1) <> N'@' + [may_write];
                    IF @sentence IS NOT NULL THROW {Refusal}, @sentence, 1;
                END
                """,
        ];

    public string IsFencedOff(string? schema, string table) =>
        $"SELECT COUNT(*) FROM [sys].[triggers] WHERE [object_id] = OBJECT_ID(N'[{schema}].[fence_{table}]');";

    public string MayFenceOff(string? schema, string table) =>
        $"SELECT HAS_PERMS_BY_NAME(N'[{schema}].[{table}]', N'OBJECT', N'ALTER');";

    public IReadOnlyList<string> OpenUp(string? schema, string table) =>
        [$"DROP TRIGGER IF EXISTS [{schema}].[fence_{table}];"];

    public IReadOnlyList<string> ForgetFence(string? schema) => [$"DROP TABLE IF EXISTS [{schema}].[fence];"];

    public IReadOnlyList<string> PrepareCapture(string? schema) =>
        [
            $"""
                IF OBJECT_ID(N'[{schema}].[captured_change]', N'U') IS NULL CREATE TABLE [{schema}].[captured_change] (
                    [number] bigint IDENTITY NOT NULL PRIMARY KEY,
                    [table_name] nvarchar(128) NOT NULL,
                    [row_key] nvarchar(max) NOT NULL
                );
                """,
        ];

    public IReadOnlyList<string> Capture(string? schema, string table, IReadOnlyList<string> key)
    {
        var row =
            "N'[' + "
            + string.Join(
                " + N',' + ",
                key.Select(column =>
                    $"N'\"' + STRING_ESCAPE(CONVERT(nvarchar(max), [changed].[{column}]), 'json') + N'\"'"
                )
            )
            + " + N']'";
        return
        [
            $"""
                CREATE OR ALTER TRIGGER [{schema}].[capture_{table}] ON [{schema}].[{table}] AFTER INSERT, UPDATE, DELETE AS
                BEGIN
                    SET NOCOUNT ON;
                    INSERT INTO [{schema}].[captured_change] ([table_name], [row_key])
                    SELECT N'{table}', {row} FROM [deleted] AS [changed]
                    UNION SELECT N'{table}', {row} FROM [inserted] AS [changed];
                END
                """,
        ];
    }

    public IReadOnlyList<string> LeaveUncaptured(string? schema, string table) =>
        [$"DROP TRIGGER IF EXISTS [{schema}].[capture_{table}];"];

    public IReadOnlyList<string> ForgetCapture(string? schema) =>
        [$"DROP TABLE IF EXISTS [{schema}].[captured_change];"];

    public bool IsRefusal(DbException exception) =>
        exception is SqlException failure
        && failure.Errors.Cast<SqlError>().Any(error => error.Number == Refusal);
}
