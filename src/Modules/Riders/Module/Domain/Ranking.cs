using Platform.Domain;

namespace Riders.Domain;

/// <summary>A rider who could be asked: where they are and what they have in hand.</summary>
internal sealed record Candidate(Guid RiderId, GeoPoint Location, IReadOnlyList<Leg> InHand);

/// <summary>A candidate with what it would take them.</summary>
internal sealed record RankedCandidate(Guid RiderId, double MetresToPickUp, TimeSpan Cost);

/// <summary>Orders candidates by estimated arrival at the store, counting what they already have in hand.</summary>
internal static class Ranking
{
    /// <summary>Best first. Who would make too long a detour, or carries all they may, is left out.</summary>
    public static IEnumerable<RankedCandidate> Rank(
        Leg wanted,
        IEnumerable<Candidate> candidates,
        DeliveryRules rules
    ) =>
        candidates
            .Where(candidate => candidate.InHand.Count < rules.MaximumLoad)
            .Select(candidate => Weigh(wanted, candidate, rules))
            .OfType<RankedCandidate>()
            .OrderBy(ranked => ranked.Cost)
            .ThenBy(ranked => ranked.RiderId);

    private static RankedCandidate? Weigh(Leg wanted, Candidate candidate, DeliveryRules rules)
    {
        var both = Route.Shortest(candidate.Location, [.. candidate.InHand, wanted]);
        if (candidate.InHand.Count > 0)
        {
            var before = Route.Shortest(candidate.Location, candidate.InHand);
            if (both.Metres - before.Metres > rules.DetourCapMetres)
                return null;
        }
        var cost = rules.TravelTime(both.MetresToLastPickUp) + (rules.LoadPenalty * candidate.InHand.Count);
        return new RankedCandidate(candidate.RiderId, both.MetresToLastPickUp, cost);
    }
}
