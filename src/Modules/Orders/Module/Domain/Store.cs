using Platform.Domain;

namespace Orders.Domain;

/// <summary>What a store says about itself.</summary>
/// <param name="Name">As customers read it.</param>
/// <param name="Description">One line under the name.</param>
/// <param name="Address">Where riders pick up.</param>
/// <param name="Location">The same place as a point.</param>
internal sealed record StoreProfile(string Name, string Description, string Address, GeoPoint Location);

/// <summary>
/// A place that sells food: who it is, when it is open, where it delivers and for how much. All its prices
/// are in one currency.
/// </summary>
internal sealed class Store : IAggregateRoot
{
    /// <summary>No store delivers farther, so that a search by place needs to look at no more than this.</summary>
    public const double LongestRadiusMetres = 20_000;

    private Store() { }

    public Guid Id { get; private init; }

    public string Name { get; private set; } = null!;

    public string Description { get; private set; } = null!;

    public string Address { get; private set; } = null!;

    public GeoPoint Location { get; private set; } = null!;

    public OpeningHours Hours { get; private set; } = null!;

    public DeliveryTerms Delivery { get; private set; } = null!;

    /// <summary>The least that a basket must come to, without the delivery fee.</summary>
    public Money Minimum { get; private set; } = null!;

    public string Currency => Minimum.Currency;

    /// <summary>The store takes no orders for now, whatever its hours say.</summary>
    public bool Paused { get; private set; }

    /// <summary>Grows with each change that others are told of.</summary>
    public long Revision { get; private set; }

    public DateTimeOffset RegisteredAt { get; private init; }

    public static Store Register(
        Guid id,
        StoreProfile profile,
        OpeningHours hours,
        DeliveryTerms delivery,
        Money minimum,
        DateTimeOffset now
    ) =>
        new()
        {
            Id = id,
            Name = profile.Name,
            Description = profile.Description,
            Address = profile.Address,
            Location = profile.Location,
            Hours = hours,
            Delivery = delivery,
            Minimum = minimum,
            RegisteredAt = now,
        };

    /// <summary>Open by its hours and not paused: an order placed now would be taken.</summary>
    public bool IsOpenAt(DateTimeOffset now) => !Paused && Hours.IncludeAt(now);

    /// <summary>When its hours begin next; null while they include now, and for a store that never opens.</summary>
    public DateTimeOffset? OpensAfter(DateTimeOffset now) =>
        Hours.IncludeAt(now) ? null : Hours.OpensAfter(now);

    /// <summary>Whether this changed anything: pausing a paused store does not.</summary>
    public bool Pause() => Become(paused: true);

    /// <inheritdoc cref="Pause"/>
    public bool Resume() => Become(paused: false);

    /// <summary>Orders that were placed within the old hours stay as they are.</summary>
    public void ChangeHours(OpeningHours hours) => Hours = hours;

    public Result TakesOrdersAt(DateTimeOffset now) =>
        Paused ? Error.Refused("store_paused", $"{Name} takes no orders for the moment.")
        : !Hours.IncludeAt(now) ? Error.Refused("store_closed", $"{Name} is closed now.")
        : Result.Done;

    public Result DeliversTo(GeoPoint place) =>
        Delivery.Reach(Location.MetresTo(place))
            ? Result.Done
            : Error.Refused("out_of_area", $"{Name} does not deliver to that address.");

    public Result AcceptsBasketOf(Money basket) =>
        basket >= Minimum
            ? Result.Done
            : Error.Refused("under_minimum", $"{Name} takes orders of {Minimum} or more.");

    private bool Become(bool paused)
    {
        if (Paused == paused)
            return false;
        Paused = paused;
        Revision++;
        return true;
    }
}
