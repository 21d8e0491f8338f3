namespace Platform.Testing;

/// <summary>Makes the databases that tests have to themselves.</summary>
internal static class TestDatabases
{
    private const string SqlServer = "MONOLITH_SQLSERVER";

    public static async Task<string?> CreateAsync(TestEngine engine)
    {
        switch (engine)
        {
            case TestEngine.Sqlite:
                return null;
            case TestEngine.PostgreSql:
                SkipTestException.ThrowIf(PostgreSqlServer.Missing);
                return await (await PostgreSqlServer.SharedAsync()).CreateDatabaseAsync();
            default:
                var server = Environment.GetEnvironmentVariable(SqlServer);
                SkipTestException.ThrowIf(server is null ? $"{SqlServer} names no server." : null);
                return $"{server};Initial Catalog=test_{Guid.CreateVersion7():N}";
        }
    }
}
