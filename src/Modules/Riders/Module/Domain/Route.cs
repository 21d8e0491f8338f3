using Platform.Domain;

namespace Riders.Domain;

/// <summary>One delivery as a way to go: to the store, unless the food is on board already, and to the customer.</summary>
internal sealed record Leg(GeoPoint PickUp, GeoPoint DropOff, bool OnBoard = false);

/// <summary>
/// The shortest way through the stops of a rider's deliveries, each store before its customer. A rider has two
/// deliveries at most, so trying every order (six) beats anything cleverer.
/// </summary>
/// <param name="Metres">The whole way.</param>
/// <param name="MetresToLastPickUp">The way up to the pick-up of the leg named last.</param>
internal sealed record Route(double Metres, double MetresToLastPickUp)
{
    public static Route Shortest(GeoPoint from, IReadOnlyList<Leg> legs) =>
        Extend(from, legs, [.. legs], 0, 0);

    private static Route Extend(
        GeoPoint at,
        IReadOnlyList<Leg> legs,
        Leg?[] open,
        double travelled,
        double lastPickUp
    )
    {
        Route? best = null;
        for (var index = 0; index < open.Length; index++)
        {
            if (open[index] is not { } leg)
                continue;
            var stop = leg.OnBoard ? leg.DropOff : leg.PickUp;
            var there = travelled + at.MetresTo(stop);
            var reached = !leg.OnBoard && index == legs.Count - 1 ? there : lastPickUp;
            var rest = (Leg?[])open.Clone();
            rest[index] = leg.OnBoard ? null : leg with { OnBoard = true };
            var route = Extend(stop, legs, rest, there, reached);
            if (best is null || route.Metres < best.Metres)
                best = route;
        }
        return best ?? new Route(travelled, lastPickUp);
    }
}
