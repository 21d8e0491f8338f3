using Simulator.People;

namespace Simulator.Moving;

/// <summary>Which modules move how often, and under what.</summary>
internal sealed record MovingPlan
{
    public required TrafficPlan Traffic { get; init; }

    /// <summary>One after the other.</summary>
    public required IReadOnlyList<string> Modules { get; init; }

    /// <summary>How often each moves out and back.</summary>
    public int Rounds { get; init; } = 10;

    public int Replicas { get; init; } = 2;

    /// <summary>How long people are there before the first move: processes that have just started are slow.</summary>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long nothing moves between two moves; what a move is compared with.</summary>
    public TimeSpan Calm { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the deployment may take to come to rest when all is over.</summary>
    public TimeSpan SettleWithin { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Where logs and ledger go; kept afterwards.</summary>
    public required string Folder { get; init; }
}
