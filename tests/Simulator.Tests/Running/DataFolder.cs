namespace Simulator.Tests.Running;

/// <summary>A folder of its own, removed with all that is in it.</summary>
internal sealed class DataFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("simulator-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
