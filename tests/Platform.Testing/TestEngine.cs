namespace Platform.Testing;

/// <summary>The engine that a test keeps its data on.</summary>
public enum TestEngine
{
    /// <summary>A file per module in the test's folder.</summary>
    Sqlite,

    /// <summary>A database of the test's on a throwaway server.</summary>
    PostgreSql,

    /// <summary>A database of the test's on the server that <c>MONOLITH_SQLSERVER</c> names.</summary>
    SqlServer,
}

/// <summary>Where tests find the engines they run on.</summary>
public static class TestEngines
{
    /// <summary>The environment variable that names the engine of all tests that do not choose one.</summary>
    public const string Variable = "MONOLITH_TEST_ENGINE";

    /// <summary>SQLite, unless the environment names another.</summary>
    public static TestEngine Default { get; } =
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } name
            ? Enum.Parse<TestEngine>(name)
            : TestEngine.Sqlite;
}
