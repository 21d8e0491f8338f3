using System.Text.Json;
using Orders.Contracts;
using Orders.Domain;
using Platform.Live;
using Platform.Streams;

namespace Orders.Features;

/// <summary>The status an order came to, as those who keep a stream open are told it.</summary>
internal sealed record OrderNotice(
    Guid OrderId,
    Guid StoreId,
    OrderStatus Status,
    DateTimeOffset At,
    string? Reason,
    DateTimeOffset? ReadyAt
)
{
    public const string Stream = "orders";

    private static readonly Dictionary<string, (OrderStatus Status, string At)> Meanings = new(
        StringComparer.Ordinal
    )
    {
        [OrderPlaced.Alias] = (OrderStatus.Placed, "placedAt"),
        [OrderAccepted.Alias] = (OrderStatus.Accepted, "acceptedAt"),
        [OrderReady.Alias] = (OrderStatus.Ready, "readyAt"),
        [OrderPickedUp.Alias] = (OrderStatus.PickedUp, "pickedUpAt"),
        [OrderDelivered.Alias] = (OrderStatus.Delivered, "deliveredAt"),
        [OrderRejected.Alias] = (OrderStatus.Rejected, "rejectedAt"),
        [OrderExpired.Alias] = (OrderStatus.Expired, "expiredAt"),
        [OrderCancelled.Alias] = (OrderStatus.Cancelled, "cancelledAt"),
        [OrderUndeliverable.Alias] = (OrderStatus.Undeliverable, "failedAt"),
    };

    public static OrderNotice Of(OrderView order)
    {
        var last = order.Timeline[^1];
        return new(order.OrderId, order.StoreId, last.Status, last.At, last.Reason, order.ReadyAt);
    }

    /// <summary>What an event of the module's stream says of an order; null when it says nothing of one.</summary>
    public static OrderNotice? Of(StreamEvent happened)
    {
        if (!Meanings.TryGetValue(happened.Type, out var meaning))
            return null;
        using var document = JsonDocument.Parse(happened.Payload);
        var payload = document.RootElement;
        return new(
            happened.Key,
            payload.GetProperty("storeId").GetGuid(),
            meaning.Status,
            payload.GetProperty(meaning.At).GetDateTimeOffset(),
            payload.TryGetProperty("reason", out var reason) ? reason.GetString() : null,
            payload.TryGetProperty("readyAt", out var ready) ? ready.GetDateTimeOffset() : null
        );
    }

    public LiveItem ToItem() => new("status", this);
}
