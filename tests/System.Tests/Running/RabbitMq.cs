[assembly: AssemblyFixture(typeof(System.Tests.Running.RabbitMq))]

namespace System.Tests.Running;

/// <summary>One RabbitMQ for all tests that leave it running, started by the first of them.</summary>
public sealed class RabbitMq : IAsyncDisposable
{
    private static readonly Lazy<Task<RabbitMqServer>> Server = new(RabbitMqServer.StartAsync);

    internal static async Task<string> ConnectionStringAsync()
    {
        Requires(RabbitMqServer.IsThere);
        return (await Server.Value).ConnectionString;
    }

    /// <summary>Skips a test on a machine without RabbitMQ, but not in CI.</summary>
    internal static void Requires(bool canRun) =>
        Assert.SkipUnless(
            canRun || Environment.GetEnvironmentVariable("CI") == "true",
            RabbitMqServer.Missing
        );

    public async ValueTask DisposeAsync()
    {
        if (Server.IsValueCreated)
            await (await Server.Value).DisposeAsync();
    }
}
