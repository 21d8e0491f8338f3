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
                SkipWhen(PostgreSqlServer.Missing);
                return await (await PostgreSqlServer.SharedAsync()).CreateDatabaseAsync();
            default:
                var server = Environment.GetEnvironmentVariable(SqlServer);
                SkipWhen(server is null ? $"{SqlServer} names no server." : null);
                return $"{server};Initial Catalog=test_{Guid.CreateVersion7():N}";
        }
    }

    /// <summary>A developer's own machine may lack a server, CI may not.</summary>
    private static void SkipWhen(string? reason)
    {
        if (reason is null)
            return;
        if (Environment.GetEnvironmentVariable("CI") == "true")
            throw new InvalidOperationException(reason);
        throw new SkipTestException(reason);
    }
}

/// <summary>Says that a test cannot run here. The test framework knows it by the beginning of its message.</summary>
public sealed class SkipTestException(string reason) : Exception($"$XunitDynamicSkip${reason}");
