using Orders.Domain;
using Platform.Domain;

namespace Orders.Features;

/// <summary>What reviewers make of a store; an average of 0 when nobody has reviewed it.</summary>
internal sealed record RatingView(double Average, int Count)
{
    public static RatingView Of(StoreRating? rating) =>
        rating is null ? new(0, 0) : new(Math.Round(rating.Average, 2), rating.Count);
}

/// <summary>A store in a list.</summary>
/// <param name="StoreId">The store.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">One line about it.</param>
/// <param name="Address">Where it is.</param>
/// <param name="Location">The same as a point.</param>
/// <param name="Open">Whether an order placed now would be taken.</param>
/// <param name="Paused">Whether it takes no orders for now, whatever its hours.</param>
/// <param name="OpensAt">When it opens next by its hours; null while they include now.</param>
/// <param name="TimeZone">What its hours are told in.</param>
/// <param name="Minimum">The least that a basket must come to.</param>
/// <param name="Rating">From its reviews.</param>
/// <param name="DeliveryFee">To the address asked for; null when none was.</param>
/// <param name="DistanceMetres">From the address asked for; null when none was.</param>
internal sealed record StoreSummary(
    Guid StoreId,
    string Name,
    string Description,
    string Address,
    LocationView Location,
    bool Open,
    bool Paused,
    DateTimeOffset? OpensAt,
    string TimeZone,
    Money Minimum,
    RatingView Rating,
    Money? DeliveryFee,
    int? DistanceMetres
)
{
    public static StoreSummary Of(Store store, StoreRating? rating, GeoPoint? dropOff, DateTimeOffset now)
    {
        var metres = dropOff is null ? (double?)null : store.Location.MetresTo(dropOff);
        return new(
            store.Id,
            store.Name,
            store.Description,
            store.Address,
            LocationView.Of(store.Location),
            store.IsOpenAt(now),
            store.Paused,
            store.OpensAfter(now),
            store.Hours.TimeZone,
            store.Minimum,
            RatingView.Of(rating),
            metres is null ? null : store.Delivery.FeeFor(metres.Value),
            (int?)metres
        );
    }
}

internal sealed record LocationView(double Latitude, double Longitude)
{
    public static LocationView Of(GeoPoint point) => new(point.Latitude, point.Longitude);
}

/// <summary>A store with its hours, its delivery terms and its menu.</summary>
internal sealed record StoreView(
    Guid StoreId,
    string Name,
    string Description,
    string Address,
    LocationView Location,
    bool Open,
    bool Paused,
    DateTimeOffset? OpensAt,
    Money Minimum,
    RatingView Rating,
    OpeningHours Hours,
    DeliveryTerms Delivery,
    IReadOnlyList<MenuItem> Menu
)
{
    public static readonly Error NotFound = Error.NotFound("store_not_found", "There is no such store.");

    public static StoreView Of(Store store, Menu menu, StoreRating? rating, DateTimeOffset now) =>
        new(
            store.Id,
            store.Name,
            store.Description,
            store.Address,
            LocationView.Of(store.Location),
            store.IsOpenAt(now),
            store.Paused,
            store.OpensAfter(now),
            store.Minimum,
            RatingView.Of(rating),
            store.Hours,
            store.Delivery,
            menu.Items
        );
}
