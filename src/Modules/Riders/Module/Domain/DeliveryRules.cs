namespace Riders.Domain;

/// <summary>
/// Every number of the dispatch rules, with its default. Bound from <c>Modules:Riders</c>; radii are a first
/// value and a factor because a configured list would add to a default one instead of replacing it.
/// </summary>
internal sealed record DeliveryRules
{
    /// <summary>How long before the food is ready the search for a rider starts.</summary>
    public TimeSpan Lead { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a rider has to answer an offer.</summary>
    public TimeSpan OfferLifetime { get; init; } = TimeSpan.FromSeconds(30);

    public double FirstRadiusMetres { get; init; } = 2_000;

    /// <summary>Each round reaches this many times as far as the one before.</summary>
    public double RadiusGrowth { get; init; } = 2;

    /// <summary>Rounds until an operator is told. The search goes on with the last radius.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>
    /// A round with nobody left to ask still lasts this long: somebody near may come free, and an operator
    /// need not hear of a search that began a second ago.
    /// </summary>
    public TimeSpan RoundLastsAtLeast { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How soon a search that found nobody looks again.</summary>
    public TimeSpan SearchAgainAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How many of the nearest riders are compared.</summary>
    public int Candidates { get; init; } = 16;

    /// <summary>A rider whose location is older is not eligible.</summary>
    public TimeSpan LocationLifetime { get; init; } = TimeSpan.FromMinutes(2);

    public int MaximumLoad { get; init; } = 2;

    /// <summary>How much longer a second delivery may make the rider's way.</summary>
    public double DetourCapMetres { get; init; } = 3_000;

    /// <summary>What a delivery in hand counts for when riders are compared.</summary>
    public TimeSpan LoadPenalty { get; init; } = TimeSpan.FromMinutes(8);

    /// <summary>15 km/h as the crow flies, traffic lights and stairs included.</summary>
    public double MetresPerMinute { get; init; } = 250;

    /// <summary>Time spent at the door.</summary>
    public TimeSpan HandOver { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Past the later of the expected arrival and readiness, a rider without the food has made no progress.</summary>
    public TimeSpan ProgressWithin { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A rider this near to the store counts as waiting there.</summary>
    public double AtStoreMetres { get; init; } = 200;

    /// <summary>Promise: a rider is found this long after the search starts.</summary>
    public TimeSpan AssignWithin { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Promise: the food is picked up this long after it was to be ready.</summary>
    public TimeSpan PickUpWithin { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Promise: the food arrives this long after it was to be ready, the way to the customer apart.</summary>
    public TimeSpan DropOffWithin { get; init; } = TimeSpan.FromMinutes(30);

    public TimeSpan TravelTime(double metres) => TimeSpan.FromMinutes(metres / MetresPerMinute);

    /// <summary>How far the search reaches in <paramref name="round"/>, counted from 1.</summary>
    public double RadiusMetres(int round) =>
        FirstRadiusMetres * Math.Pow(RadiusGrowth, Math.Clamp(round, 1, Rounds) - 1);
}
