namespace Platform.Testing;

/// <summary>
/// A folder of its own for one test, removed with all that is in it, and a database of its own where the test runs on
/// an engine that has a server.
/// </summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly bool _borrowed;
    private readonly Lazy<Task<string?>> _database;

    public TemporaryFolder()
        : this(TestEngines.Default) { }

    public TemporaryFolder(TestEngine engine)
    {
        Engine = engine;
        Path = Directory.CreateTempSubdirectory("monolith-test-").FullName;
        _database = new(() => TestDatabases.CreateAsync(engine));
    }

    private TemporaryFolder(string path, TestEngine engine, string? database)
    {
        (Path, Engine, _borrowed) = (path, engine, true);
        _database = new(Task.FromResult(database));
    }

    public string Path { get; }

    public TestEngine Engine { get; }

    /// <summary>A folder, and a database, that another process made and will remove.</summary>
    public static TemporaryFolder Borrowed(string path, TestEngine engine, string? database) =>
        new(path, engine, database);

    /// <summary>The database's connection string; null on SQLite. It is created when first asked for.</summary>
    public Task<string?> DatabaseAsync() => _database.Value;

    /// <summary>The settings that make a host keep its data here.</summary>
    public async Task<IReadOnlyDictionary<string, string?>> SettingsAsync() =>
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Database:Directory"] = Path,
            ["Database:Engine"] = Engine.ToString(),
            ["Database:ConnectionString"] = await DatabaseAsync(),
        };

    public void Dispose()
    {
        if (!_borrowed)
            Directory.Delete(Path, recursive: true);
    }
}
