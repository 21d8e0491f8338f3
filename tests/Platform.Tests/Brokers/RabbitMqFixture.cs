using Platform.Brokers;
using Platform.Testing;
using Platform.Tests.Brokers;

[assembly: AssemblyFixture(typeof(RabbitMqFixture))]

namespace Platform.Tests.Brokers;

/// <summary>One RabbitMQ for all tests that leave it running; each has names of its own there.</summary>
public sealed class RabbitMqFixture : IAsyncLifetime
{
    private readonly Lazy<Task<RabbitMqServer>> _server = new(RabbitMqServer.StartAsync);

    /// <summary>Skips a test on a machine without RabbitMQ, but not in CI.</summary>
    public static void Requires(bool canRun) =>
        Assert.SkipUnless(
            canRun || Environment.GetEnvironmentVariable("CI") == "true",
            RabbitMqServer.Missing
        );

    public async Task<string> ConnectionStringAsync()
    {
        Requires(RabbitMqServer.IsThere);
        return (await _server.Value).ConnectionString;
    }

    /// <summary>How a process is told to use it, under names of its own.</summary>
    internal async Task<Dictionary<string, string?>> SettingsAsync() =>
        TwoProcesses.Broker("RabbitMq", await ConnectionStringAsync());

    /// <summary>A publisher and a follower with it between them.</summary>
    internal async Task<TwoProcesses> StartProcessesAsync()
    {
        var processes = new TwoProcesses(await SettingsAsync());
        await processes.StartTalkAsync();
        await processes.StartNotesAsync();
        return processes;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated)
            await (await _server.Value).DisposeAsync();
    }
}
