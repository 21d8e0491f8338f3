using Simulator.Deployments;
using Simulator.People;

namespace Simulator.Crashing;

/// <summary>
/// <c>kill -9</c> of one replica after the other, at a steady beat, each started again at once. The last one that
/// serves is spared: a beat on which no other does is left out.
/// </summary>
internal sealed class SteadyKills(TimeSpan every, CrashPlan plan)
{
    private readonly Chance _chance = new(plan.Traffic.Seed, "kills");

    /// <summary>Goes on until the customers' time is over; then all replicas run again.</summary>
    /// <returns>How many were killed.</returns>
    public async Task<int> RunAsync(Deployment deployment, Diary diary, Task day, CancellationToken stop)
    {
        var coming = new Dictionary<Replica, Task>();
        var began = diary.Clock.GetTimestamp();
        var killed = 0;
        using var beat = new PeriodicTimer(every, diary.Clock);
        while (!(killed >= plan.Disasters))
        {
            await Task.WhenAny(day, beat.WaitForNextTickAsync(stop).AsTask());
            stop.ThrowIfCancellationRequested();
            if (day.IsCompleted || diary.Clock.GetElapsedTime(began) >= plan.Traffic.Duration)
                break;
            foreach (var (replica, start) in coming.Where(one => one.Value.IsCompleted).ToList())
            {
                await start;
                coming.Remove(replica);
            }
            var serving = deployment.Replicas.Where(replica => !coming.ContainsKey(replica)).ToList();
            if (serving.Count < 2)
                continue;
            var victim = _chance.OneOf(serving);
            diary.Write($"kill -9 of {victim.Name}");
            await victim.KillAsync();
            coming.Add(victim, ReturnAsync(victim));
            killed++;
        }
        await Task.WhenAll(coming.Values);
        return killed;

        async Task ReturnAsync(Replica replica)
        {
            await deployment.StartAsync(replica, stop);
            diary.Write($"{replica.Name} is back");
        }
    }
}
