using Platform.Domain;
using Riders.Data;
using Riders.Domain;

namespace Riders.Features;

internal sealed record PlaceView(double Latitude, double Longitude)
{
    public static PlaceView Of(GeoPoint place) => new(place.Latitude, place.Longitude);
}

internal sealed record StoreView(string Name, string Address, PlaceView Location);

internal sealed record CustomerView(string Address, PlaceView Location);

/// <summary>A delivery as its rider sees it. Once it is over, where the customer lives is no more their business.</summary>
internal sealed record DeliveryView(
    Guid DeliveryId,
    Guid OrderId,
    DeliveryStatus Status,
    StoreView PickUp,
    CustomerView? DropOff,
    double Metres,
    Money Pay,
    bool FoodIsReady,
    DateTimeOffset ReadyAt,
    DateTimeOffset? EstimatedPickUpAt,
    DateTimeOffset? EstimatedDropOffAt,
    DateTimeOffset? PickedUpAt,
    DateTimeOffset? FinishedAt
)
{
    public static DeliveryView Of(Delivery delivery) =>
        new(
            delivery.DeliveryId,
            delivery.OrderId,
            delivery.Status,
            delivery.PickUpView(),
            delivery.IsInHand ? delivery.DropOffView() : null,
            Math.Round(delivery.Metres),
            delivery.Pay,
            delivery.FoodIsReady,
            delivery.ReadyAt,
            delivery.EstimatedPickUpAt,
            delivery.EstimatedDropOffAt,
            delivery.PickedUpAt,
            delivery.FinishedAt
        );
}

internal sealed record SightingView(double Latitude, double Longitude, DateTimeOffset At)
{
    public static SightingView? Of(Sighting? sighting) =>
        sighting is null
            ? null
            : new SightingView(sighting.Location.Latitude, sighting.Location.Longitude, sighting.At);
}

internal static class DeliveryParts
{
    public static StoreView PickUpView(this Delivery delivery) =>
        new(delivery.StoreName, delivery.StoreAddress, PlaceView.Of(delivery.PickUpPlace));

    public static CustomerView DropOffView(this Delivery delivery) =>
        new(delivery.DropOffAddress, PlaceView.Of(delivery.DropOffPlace));
}
