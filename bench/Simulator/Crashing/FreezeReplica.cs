using Simulator.Deployments;
using Simulator.People;

namespace Simulator.Crashing;

/// <summary>
/// SIGSTOP of a replica until its leases have run out and others have taken its work over; then it wakes in the
/// middle of what it was doing.
/// </summary>
internal sealed class FreezeReplica(TimeSpan lease) : Disaster
{
    public override async Task StrikeAsync(
        Deployment deployment,
        Chance chance,
        Diary diary,
        CancellationToken stop
    )
    {
        var replica = AnyOf(deployment, chance);
        var frozenFor = lease + chance.Seconds(1, 4);
        diary.Write($"{replica.Name} is frozen");
        await replica.FreezeAsync();
        try
        {
            await Task.Delay(frozenFor, diary.Clock, stop);
        }
        finally
        {
            await replica.WakeAsync();
        }
        diary.Write($"{replica.Name} woke after {frozenFor.TotalSeconds:0.0} s");
    }
}
