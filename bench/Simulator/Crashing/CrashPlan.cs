using Simulator.Deployments;
using Simulator.People;

namespace Simulator.Crashing;

/// <summary>How long a deployment is mistreated, and with which luck.</summary>
internal sealed record CrashPlan
{
    public required TrafficPlan Traffic { get; init; }

    public int Replicas { get; init; } = 2;

    /// <summary>Modules in processes of their own; null when every replica runs all of them.</summary>
    public Spread? Spread { get; init; }

    /// <summary>After so many disasters customers stop coming; null when only the traffic's own plan ends it.</summary>
    public int? Disasters { get; init; }

    /// <summary>
    /// When set, nothing happens but that a replica is killed this often, while the others serve and it comes back.
    /// </summary>
    public TimeSpan? KillEvery { get; init; }

    /// <summary>Shortest and longest time between the end of one disaster and the next.</summary>
    public (TimeSpan Least, TimeSpan Most) Peace { get; init; } =
        (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(6));

    /// <summary>How long the deployment may take to come to rest when all is over.</summary>
    public TimeSpan SettleWithin { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Where logs, ledger and databases go; kept afterwards.</summary>
    public required string Folder { get; init; }
}
