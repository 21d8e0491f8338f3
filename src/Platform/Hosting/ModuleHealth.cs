using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Modules;
using Platform.Streams;

namespace Platform.Hosting;

/// <summary>
/// One module's part of readiness. A paused module is degraded, not unhealthy: an operator wanted it so, and the
/// process goes on serving the others.
/// </summary>
internal sealed class ModuleHealth(
    ModuleDefinition module,
    ModuleGates gates,
    SubscriptionRunner subscriptions
) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        var gate = gates.Of(module);
        return Task.FromResult(
            gate.State switch
            {
                ModuleState.Paused => HealthCheckResult.Degraded("Paused by an operator."),
                ModuleState.Starting => HealthCheckResult.Unhealthy(gate.StartError ?? "Starting."),
                _ => Subscriptions(),
            }
        );
    }

    private HealthCheckResult Subscriptions()
    {
        var troubled = subscriptions
            .Of(module)
            .Where(subscription =>
                subscription.Status.State is SubscriptionState.Unreachable or SubscriptionState.Broken
            )
            .Select(subscription => $"{subscription.Definition}: {subscription.Status.LastError}")
            .ToList();
        return troubled.Count == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy(string.Join(" ", troubled));
    }
}
