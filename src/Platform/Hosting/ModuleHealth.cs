using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Brokers;
using Platform.Homes;
using Platform.Modules;
using Platform.Streams;

namespace Platform.Hosting;

/// <summary>
/// One module's part of readiness. A paused module is degraded, not unhealthy: an operator wanted it so. Anyone may
/// ask for health, so causes are told to operators only, at <c>/api/ops/modules</c>.
/// </summary>
internal sealed class ModuleHealth(
    ModuleDefinition module,
    ModuleGates gates,
    ModuleHomes homes,
    SubscriptionRunner subscriptions,
    Ownerships? ownerships = null
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
                ModuleState.Unknown => gate.IsReady
                    ? HealthCheckResult.Healthy($"At home in '{homes.Of(module)?.Name}'.")
                    : HealthCheckResult.Unhealthy("Its database cannot be used; /api/ops/modules says why."),
                ModuleState.Paused => HealthCheckResult.Degraded("Paused by an operator."),
                ModuleState.Starting => HealthCheckResult.Unhealthy(
                    gate.StartError is null
                        ? "Its database is being prepared."
                        : "Its database cannot be used; /api/ops/modules says why."
                ),
                _ when ownerships?.RefusalOf(module) is not null => HealthCheckResult.Unhealthy(
                    "Another process has a newer home of it, or another deployment its names; /api/ops/modules says which."
                ),
                _ => Subscriptions(),
            }
        );
    }

    private HealthCheckResult Subscriptions()
    {
        if (
            In(SubscriptionState.Unreachable, SubscriptionState.Broken, SubscriptionState.Unserved) is
            { Count: > 0 } still
        )
            return HealthCheckResult.Unhealthy($"Standing still: {string.Join(", ", still)}.");
        if (In(SubscriptionState.AwaitingReplay) is { Count: > 0 } lacking)
            return HealthCheckResult.Degraded($"Events are missing: {string.Join(", ", lacking)}.");
        if (In(SubscriptionState.SourceUnreachable) is { Count: > 0 } waiting)
            return HealthCheckResult.Degraded($"Waiting for a stream: {string.Join(", ", waiting)}.");
        return HealthCheckResult.Healthy();
    }

    private List<string> In(params SubscriptionState[] states) =>
        [
            .. subscriptions
                .Of(module)
                .Where(subscription => states.Contains(subscription.Status.State))
                .Select(subscription => subscription.Definition.ToString()),
        ];
}
