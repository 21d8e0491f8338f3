[assembly: AssemblyFixture(typeof(System.Tests.Running.SharedHost))]
[assembly: AssemblyFixture(typeof(System.Tests.Running.SharedPostgreSqlHost))]
[assembly: AssemblyFixture(typeof(System.Tests.Running.SharedMixedHost))]

namespace System.Tests.Running;

/// <summary>
/// One host for all tests that leave it as they found it; each has a story of its own there. Which modules are in
/// processes of their own <see cref="Placement.Named"/> may say.
/// </summary>
public class SharedHost : IAsyncDisposable
{
    private readonly Lazy<Task<Running>> _started;

    public SharedHost()
        : this(Placement.Named ?? Placement.AllLocal) { }

    private protected SharedHost(Engines engines) => _started = new(() => StartAsync(engines));

    private protected SharedHost(string remote) =>
        _started = new(() => remote == Placement.AllLocal ? StartAsync(Engines.Sqlite) : StartAsync(remote));

    /// <summary>The host that clients know, started by whoever asks for it first.</summary>
    internal async Task<HostProcess> ProcessAsync() => (await _started.Value).Front;

    internal async Task<Database> OrdersAsync() => (await _started.Value).Orders;

    public async ValueTask DisposeAsync()
    {
        if (_started.IsValueCreated && _started.Value.IsCompletedSuccessfully)
            await (await _started.Value).EndAsync();
    }

    private static async Task<Running> StartAsync(Engines engines)
    {
        var deployment = await Deployment.OnAsync(engines);
        var host = await HostProcess.StartAsync(deployment);
        await host.IsReadyAsync();
        return new Running(
            host,
            deployment.Of("orders"),
            async () =>
            {
                await host.DisposeAsync();
                deployment.Dispose();
            }
        );
    }

    private static async Task<Running> StartAsync(string remote)
    {
        var spread = await SpreadDeployment.StartAsync(await RabbitMq.ConnectionStringAsync(), remote);
        return new Running(spread.Front, await spread.DatabaseAsync("Orders"), spread.DisposeAsync);
    }

    private sealed record Running(HostProcess Front, Database Orders, Func<ValueTask> EndAsync);
}

/// <summary>The same with everything on PostgreSQL.</summary>
public sealed class SharedPostgreSqlHost() : SharedHost(Engines.PostgreSql);

/// <summary>The same with a choice of engine per module.</summary>
public sealed class SharedMixedHost() : SharedHost(Engines.Mixed);

/// <summary>The same with Reviews in a process of its own.</summary>
public sealed class SharedWithReviewsElsewhere() : SharedHost("Reviews");

/// <summary>The same with Riders in a process of its own.</summary>
public sealed class SharedWithRidersElsewhere() : SharedHost("Riders");

/// <summary>The same with every module in a process of its own, behind a bare gateway.</summary>
public sealed class SharedWithAllElsewhere() : SharedHost("Orders,Riders,Reviews");
