using Orders.Contracts;
using Orders.Data;
using Orders.Domain;
using Platform.Domain;

namespace Orders.Features;

/// <summary>Every change of an order is said on the stream; this is what each is called there.</summary>
internal static class OrderNews
{
    public static void SayNewsOf(this OrdersDbContext database, Order order)
    {
        foreach (var entry in order.TakeNews())
            database.Say(order.Id, EventOf(order, entry));
    }

    public static Place ToPlace(this GeoPoint point) => new(point.Latitude, point.Longitude);

    private static object EventOf(Order order, TimelineEntry entry) =>
        entry.Status switch
        {
            OrderStatus.Placed => new OrderPlaced(
                order.Id,
                order.StoreId,
                order.CustomerId,
                order.Total.Amount,
                order.Total.Currency,
                entry.At
            ),
            OrderStatus.Accepted => new OrderAccepted(
                order.Id,
                order.StoreId,
                order.CustomerId,
                order.StoreName,
                order.StoreAddress,
                order.StoreLocation.ToPlace(),
                order.AddressLine,
                order.AddressPoint.ToPlace(),
                order.Total.Currency,
                order.ReadyAt!.Value,
                entry.At
            ),
            OrderStatus.Ready => new OrderReady(order.Id, order.StoreId, entry.At),
            OrderStatus.PickedUp => new OrderPickedUp(
                order.Id,
                order.StoreId,
                order.CustomerId,
                order.RiderId!.Value,
                entry.At
            ),
            OrderStatus.Delivered => new OrderDelivered(
                order.Id,
                order.StoreId,
                order.CustomerId,
                order.RiderId!.Value,
                entry.At
            ),
            OrderStatus.Rejected => new OrderRejected(
                order.Id,
                order.StoreId,
                order.CustomerId,
                entry.Reason!,
                entry.At
            ),
            OrderStatus.Expired => new OrderExpired(order.Id, order.StoreId, order.CustomerId, entry.At),
            OrderStatus.Cancelled => new OrderCancelled(
                order.Id,
                order.StoreId,
                order.CustomerId,
                entry.Reason!,
                Spelled(entry.By),
                entry.At
            ),
            OrderStatus.Undeliverable => new OrderUndeliverable(
                order.Id,
                order.StoreId,
                order.CustomerId,
                order.RiderId,
                entry.Reason!,
                Spelled(entry.Fault!.Value),
                entry.At
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(entry), entry.Status, "Unknown status."),
        };

    private static string Spelled<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
