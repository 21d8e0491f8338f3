using Simulator.Deployments;
using Simulator.People;

namespace Simulator.Crashing;

/// <summary><c>kill -9</c> of a module's own process, which is started again a moment later.</summary>
internal sealed class KillModule : Disaster
{
    public override async Task StrikeAsync(
        Deployment deployment,
        Chance chance,
        Diary diary,
        CancellationToken stop
    )
    {
        var module = chance.OneOf(deployment.Elsewhere);
        var downFor = chance.Seconds(0.5, 5);
        diary.Write($"kill -9 of {module.Name}");
        await module.KillAsync();
        await Task.Delay(downFor, diary.Clock, stop);
        await deployment.StartAsync(module, stop);
        diary.Write($"{module.Name} is back after {downFor.TotalSeconds:0.0} s");
    }
}
