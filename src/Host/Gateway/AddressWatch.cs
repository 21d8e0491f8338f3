using System.Collections.Concurrent;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Http;
using Platform.Telemetry;
using Yarp.ReverseProxy;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace Host.Gateway;

/// <summary>
/// Judges what YARP finds at each address of a module elsewhere, once a second: one look that finds nobody there, or
/// somebody who is not ready or is going, keeps calls away until the next that does. While all of them are like that,
/// calls are sent to any.
/// </summary>
internal sealed class AddressWatch(IDestinationHealthUpdater health, IncidentLog incidents)
    : IActiveHealthCheckPolicy,
        IAddressWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Longer than <c>/health/ready</c> takes, whatever is away.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<(string Module, Uri Address), string?> _troubles = new();

    /// <summary>How the addresses of a module are looked at.</summary>
    public static HealthCheckConfig Looks =>
        new()
        {
            AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
            Active = new ActiveHealthCheckConfig
            {
                Enabled = true,
                Interval = Interval,
                Timeout = Patience,
                Policy = nameof(AddressWatch),
                Path = "/health/ready",
            },
        };

    public string Name => nameof(AddressWatch);

    public string? TroubleAt(string module, Uri address) => _troubles.GetValueOrDefault((module, address));

    public void ProbingCompleted(ClusterState cluster, IReadOnlyList<DestinationProbingResult> probingResults)
    {
        // What is told is in force already.
        health.SetActive(
            cluster,
            [
                .. probingResults.Select(found => new NewActiveDestinationHealth(
                    found.Destination,
                    TroubleIn(found) is null ? DestinationHealth.Healthy : DestinationHealth.Unhealthy
                )),
            ]
        );
        foreach (var found in probingResults)
        {
            var address = new Uri(found.Destination.Model.Config.Address);
            var trouble = TroubleIn(found);
            _troubles[(cluster.ClusterId, address)] = trouble;
            if (trouble is not null)
                incidents.Tell("The gateway", $"{cluster.ClusterId} at {address}: {trouble}");
        }
    }

    /// <summary>
    /// A server's error is trouble. Whatever else answers is somebody, be it a balancer that shows no one else's health.
    /// </summary>
    private static string? TroubleIn(DestinationProbingResult found) =>
        found.Response is not { } answer ? $"nobody answers ({found.Exception?.GetBaseException().Message})"
        : (int)answer.StatusCode >= StatusCodes.Status500InternalServerError
            ? $"it is not ready ({(int)answer.StatusCode})"
        : null;
}

/// <summary>
/// Whether calls of modules elsewhere can be sent to all addresses of theirs. Never a reason to be unready: others of
/// the deployment could do no better. Addresses are named by their settings here; operators are told what they are.
/// </summary>
internal sealed class GatewayHealth(IProxyStateLookup proxy, AddressWatch watch) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        var down = string.Join(
            ' ',
            from cluster in proxy.GetClusters()
            from destination in cluster.Destinations.Values
            where watch.TroubleAt(cluster.ClusterId, new Uri(destination.Model.Config.Address)) is not null
            orderby destination.DestinationId
            select $"{destination.DestinationId} is down."
        );
        return Task.FromResult(
            down.Length == 0
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Degraded($"{down} /api/ops/modules says why.")
        );
    }
}
