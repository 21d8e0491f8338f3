using Simulator.Deployments;
using Simulator.People;

namespace Simulator.Crashing;

/// <summary><c>kill -9</c> of a replica, which is started again a moment later.</summary>
internal sealed class KillReplica : Disaster
{
    public override async Task StrikeAsync(
        Deployment deployment,
        Chance chance,
        Diary diary,
        CancellationToken stop
    )
    {
        var replica = AnyOf(deployment, chance);
        var downFor = chance.Seconds(0, 4);
        diary.Write($"kill -9 of {replica.Name}");
        await replica.KillAsync();
        await Task.Delay(downFor, diary.Clock, stop);
        await deployment.StartAsync(replica, stop);
        diary.Write($"{replica.Name} is back");
    }
}
