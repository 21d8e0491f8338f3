namespace Platform.Testing;

/// <summary>A folder of its own for one test, removed with all that is in it.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("monolith-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
