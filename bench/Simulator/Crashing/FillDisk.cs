using Simulator.Deployments;
using Simulator.People;

namespace Simulator.Crashing;

/// <summary>Something else takes all that is left of the disk, and gives it back.</summary>
internal sealed class FillDisk(SmallDisk disk) : Disaster
{
    public override async Task StrikeAsync(
        Deployment deployment,
        Chance chance,
        Diary diary,
        CancellationToken stop
    )
    {
        var fullFor = chance.Seconds(2, 6);
        disk.Fill();
        diary.Write("the disk is full");
        try
        {
            await Task.Delay(fullFor, diary.Clock, stop);
        }
        finally
        {
            disk.MakeRoom();
        }
        diary.Write($"the disk has room again after {fullFor.TotalSeconds:0.0} s");
    }
}
