[assembly: AssemblyFixture(typeof(System.Tests.Running.SharedHost))]

namespace System.Tests.Running;

/// <summary>One host for all tests that leave it as they found it; each has a story of its own there.</summary>
public sealed class SharedHost : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    internal HostProcess Process { get; private set; } = null!;

    internal Database Orders => new(_folder.Path, "orders");

    public async ValueTask InitializeAsync() => Process = await HostProcess.StartAsync(_folder.Path);

    public async ValueTask DisposeAsync()
    {
        if (Process is not null)
            await Process.DisposeAsync();
        _folder.Dispose();
    }
}
