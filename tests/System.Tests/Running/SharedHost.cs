[assembly: AssemblyFixture(typeof(System.Tests.Running.SharedHost))]
[assembly: AssemblyFixture(typeof(System.Tests.Running.SharedPostgreSqlHost))]
[assembly: AssemblyFixture(typeof(System.Tests.Running.SharedMixedHost))]

namespace System.Tests.Running;

/// <summary>One host for all tests that leave it as they found it; each has a story of its own there.</summary>
public class SharedHost : IAsyncDisposable
{
    private readonly Lazy<Task<(Deployment, HostProcess)>> _started;

    public SharedHost()
        : this(Engines.Sqlite) { }

    private protected SharedHost(Engines engines) => _started = new(() => StartAsync(engines));

    /// <summary>The host, started by whoever asks for it first.</summary>
    internal async Task<HostProcess> ProcessAsync() => (await _started.Value).Item2;

    internal async Task<Database> OrdersAsync() => (await _started.Value).Item1.Of("orders");

    public async ValueTask DisposeAsync()
    {
        if (!_started.IsValueCreated || !_started.Value.IsCompletedSuccessfully)
            return;
        var (deployment, host) = await _started.Value;
        await host.DisposeAsync();
        deployment.Dispose();
    }

    private static async Task<(Deployment, HostProcess)> StartAsync(Engines engines)
    {
        var deployment = await Deployment.OnAsync(engines);
        var host = await HostProcess.StartAsync(deployment);
        await host.IsReadyAsync();
        return (deployment, host);
    }
}

/// <summary>The same with everything on PostgreSQL.</summary>
public sealed class SharedPostgreSqlHost() : SharedHost(Engines.PostgreSql);

/// <summary>The same with a choice of engine per module.</summary>
public sealed class SharedMixedHost() : SharedHost(Engines.Mixed);
