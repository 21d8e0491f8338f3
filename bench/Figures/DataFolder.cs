namespace Figures;

/// <summary>A folder for the databases of one host, gone with it.</summary>
internal sealed class DataFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("monolith-bench-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
