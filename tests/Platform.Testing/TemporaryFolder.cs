namespace Platform.Testing;

/// <summary>A folder of its own for one test, removed with all that is in it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private readonly bool _borrowed;

    public TemporaryFolder() => Path = Directory.CreateTempSubdirectory("monolith-test-").FullName;

    private TemporaryFolder(string path) => (Path, _borrowed) = (path, true);

    public string Path { get; }

    /// <summary>A folder that another process made and will remove.</summary>
    public static TemporaryFolder Borrowed(string path) => new(path);

    public void Dispose()
    {
        if (!_borrowed)
            Directory.Delete(Path, recursive: true);
    }
}
