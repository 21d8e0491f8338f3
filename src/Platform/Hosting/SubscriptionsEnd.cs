using Microsoft.Extensions.Hosting;
using Platform.Streams;

namespace Platform.Hosting;

/// <summary>
/// Ends this process's subscriptions before it closes its door: their leases are given up at once, and a replica goes
/// on while the last requests here are answered.
/// </summary>
internal sealed class SubscriptionsEnd(SubscriptionRunner subscriptions) : IHostedLifecycleService
{
    /// <summary>A database that is away must not keep the door open until the process is killed: leases run out by themselves.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken) =>
        await subscriptions
            .StopAsync()
            .WaitAsync(cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
