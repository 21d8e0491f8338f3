using Simulator.Deployments;
using Simulator.People;

namespace Simulator.Crashing;

/// <summary>
/// A process ends, as by <c>kill -9</c>, at the one place where it has done something and not noted it yet.
/// </summary>
/// <param name="place">The place's name in <c>FaultPoints</c>.</param>
/// <param name="what">What it has done and not noted, for the diary.</param>
/// <param name="onlyModules">Whether only the processes of modules elsewhere are meant.</param>
internal sealed class DieBetweenSteps(string place, string what, bool onlyModules) : Disaster
{
    /// <summary>Events come many times a second; in this time one does, unless nothing happens any more.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A relay that has published, and not noted in its cursor what.</summary>
    public static DieBetweenSteps RelayBeforeCommit { get; } =
        new("relayed", "between publishing and its commit", onlyModules: false);

    /// <summary>A follower that has handled and committed, and told the broker nothing of it.</summary>
    public static DieBetweenSteps ConsumerBeforeAcknowledge { get; } =
        new("committed", "between its commit and the acknowledgement", onlyModules: true);

    public override async Task StrikeAsync(
        Deployment deployment,
        Chance chance,
        Diary diary,
        CancellationToken stop
    )
    {
        var victim = onlyModules ? chance.OneOf(deployment.Elsewhere) : null;
        IReadOnlyList<Replica> meant = victim is null ? deployment.Processes : [victim];
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        enough.CancelAfter(Patience);
        deployment.Faults.Give(place, victim?.Name);
        try
        {
            await Task.WhenAny(meant.Select(one => one.EndedAsync(enough.Token)));
        }
        finally
        {
            deployment.Faults.Withdraw();
        }
        stop.ThrowIfCancellationRequested();
        if (meant.FirstOrDefault(one => !one.IsRunning) is not { } dead)
        {
            diary.Write($"nobody came to be killed {what}");
            return;
        }
        diary.Write($"{dead.Name} was killed {what}");
        await deployment.StartAsync(dead, stop);
        diary.Write($"{dead.Name} is back");
    }
}
