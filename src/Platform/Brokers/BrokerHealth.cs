using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Streams;

namespace Platform.Brokers;

/// <summary>Gathers how this process's conversations over the broker are going.</summary>
internal sealed class BrokerProbe(RelayRunner relays, SubscriptionRunner subscriptions)
{
    /// <summary>What is wrong, in one sentence; null when nothing is.</summary>
    public string? Fault =>
        relays
            .All.Where(relay =>
                relay.Status.State is SubscriptionState.Unreachable or SubscriptionState.Broken
            )
            .Select(relay => $"The relay of {relay.Module.Stream} stands still: {relay.Status.LastError}")
            .Concat(
                subscriptions
                    .All.Where(subscription =>
                        subscription.Reader is BrokeredReader
                        && subscription.Status.State is SubscriptionState.SourceUnreachable
                    )
                    .Select(subscription => $"{subscription.Definition}: {subscription.Status.LastError}")
            )
            .FirstOrDefault();

    /// <summary>A module that this process and another both run; null when none is known.</summary>
    public string? SecondOwner =>
        relays.All.Select(relay => relay.SecondOwner).FirstOrDefault(one => one is not null);
}

/// <summary>
/// Whether events come and go. When they do not, orders are taken all the same and what they say waits in the
/// outbox, so this alone never makes a process unready. Causes are told to operators only.
/// </summary>
internal sealed class BrokerHealth(BrokerProbe probe) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    ) =>
        Task.FromResult(
            probe.SecondOwner is { } module
                ? HealthCheckResult.Unhealthy(
                    $"Two processes run the module '{module}': set its placement to Remote or Off in one of them."
                )
            : probe.Fault is null ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy(
                "Events between processes do not get through, and wait; /api/ops/modules says why."
            )
        );
}
