using Simulator.Databases;

namespace Simulator.Checking.Rules;

internal sealed class StreamsAreInOrder : Rule
{
    public override string Promise => "An event is said once, and later ones of its key stand behind it.";

    public override void Check(Evidence evidence)
    {
        foreach (var module in DeploymentStores.Modules)
        {
            var ids = new HashSet<Guid>();
            var latest = new Dictionary<Guid, Said>();
            foreach (var said in evidence.SaidBy(module))
            {
                Compare(
                    ids.Add(said.EventId),
                    FindingKind.Doubled,
                    $"{module} {said.Position}",
                    $"Event {said.EventId} ({said.Type}) is in the stream twice."
                );
                if (latest.TryGetValue(said.Key, out var before) && said.OccurredAt < before.OccurredAt)
                {
                    Find(
                        FindingKind.OutOfOrder,
                        said.Key,
                        $"{said.Type} at {module} {said.Position} happened before {before.Type} at {before.Position}."
                    );
                }
                latest[said.Key] = said;
            }
        }
    }
}
