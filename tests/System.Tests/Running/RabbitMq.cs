[assembly: AssemblyFixture(typeof(System.Tests.Running.RabbitMq))]

namespace System.Tests.Running;

/// <summary>One RabbitMQ for all tests that leave it running, started by the first of them.</summary>
public sealed class RabbitMq : IAsyncLifetime
{
    private readonly Lazy<Task<RabbitMqServer>> _server = new(RabbitMqServer.StartAsync);

    internal async Task<string> ConnectionStringAsync()
    {
        Requires(RabbitMqServer.IsThere);
        return (await _server.Value).ConnectionString;
    }

    /// <summary>Skips a test on a machine without RabbitMQ, but not in CI.</summary>
    internal static void Requires(bool canRun) =>
        Assert.SkipUnless(
            canRun || Environment.GetEnvironmentVariable("CI") == "true",
            RabbitMqServer.Missing
        );

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated)
            await (await _server.Value).DisposeAsync();
    }
}
