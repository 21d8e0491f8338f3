using Simulator.Deployments;
using Simulator.People;

namespace Simulator.Crashing;

/// <summary>Something bad that happens to a deployment, and passes. When it has passed, all replicas run again.</summary>
internal abstract class Disaster
{
    /// <summary>Whether it is Orders' own, wherever the others are: a call to it may be answered with a server's error.</summary>
    public virtual bool StrikesOrders => false;

    public abstract Task StrikeAsync(
        Deployment deployment,
        Chance chance,
        Diary diary,
        CancellationToken stop
    );

    protected static Replica AnyOf(Deployment deployment, Chance chance) => chance.OneOf(deployment.Replicas);
}
