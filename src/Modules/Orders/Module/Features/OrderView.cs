using Orders.Domain;
using Platform.Domain;
using Platform.Http;

namespace Orders.Features;

/// <summary>An order as callers see it.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="StoreId">Its store.</param>
/// <param name="StoreName">What the store was called when it was placed.</param>
/// <param name="CustomerId">Who placed it.</param>
/// <param name="RiderId">Who carries or carried it.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Lines">What was ordered, as it was named and priced then.</param>
/// <param name="Subtotal">The lines together.</param>
/// <param name="DeliveryFee">For the way.</param>
/// <param name="Total">What the customer pays.</param>
/// <param name="Payment">What the money is doing.</param>
/// <param name="Address">Where it goes; null for the store, which has no need of it.</param>
/// <param name="Note">The customer's word to the store.</param>
/// <param name="PlacedAt">When it was placed.</param>
/// <param name="AnswerBy">Until when the store may accept it; null once it is answered.</param>
/// <param name="ReadyAt">When the food will be, or was, ready.</param>
/// <param name="Timeline">Every change: what, when, by whom, why.</param>
internal sealed record OrderView(
    Guid OrderId,
    Guid StoreId,
    string StoreName,
    Guid CustomerId,
    Guid? RiderId,
    OrderStatus Status,
    IReadOnlyList<LineView> Lines,
    Money Subtotal,
    Money DeliveryFee,
    Money Total,
    PaymentStatus Payment,
    AddressView? Address,
    string? Note,
    DateTimeOffset PlacedAt,
    DateTimeOffset? AnswerBy,
    DateTimeOffset? ReadyAt,
    IReadOnlyList<TimelineView> Timeline
)
{
    public static OrderView Of(Order order, Caller viewer) =>
        new(
            order.Id,
            order.StoreId,
            order.StoreName,
            order.CustomerId,
            order.RiderId,
            order.Status,
            [.. order.Lines.Select(LineView.Of)],
            order.Subtotal,
            order.DeliveryFee,
            order.Total,
            order.Payment,
            viewer.Is(Roles.Store)
                ? null
                : new AddressView(
                    order.AddressLine,
                    order.AddressPoint.Latitude,
                    order.AddressPoint.Longitude
                ),
            order.Note,
            order.PlacedAt,
            order.AnswerBy,
            order.ReadyAt,
            [.. order.Timeline.Select(TimelineView.Of)]
        );
}

internal sealed record AddressView(string Line, double Latitude, double Longitude);

internal sealed record LineView(
    Guid MenuItemId,
    string Name,
    int Quantity,
    Money UnitPrice,
    IReadOnlyList<LineOption> Options,
    Money Total
)
{
    public static LineView Of(OrderLine line) =>
        new(line.MenuItemId, line.Name, line.Quantity, line.UnitPrice, line.Options, line.Total());
}

/// <summary>Who it was by is told as a role: which person it was is nobody else's business.</summary>
internal sealed record TimelineView(OrderStatus Status, DateTimeOffset At, Party By, string? Reason)
{
    public static TimelineView Of(TimelineEntry entry) => new(entry.Status, entry.At, entry.By, entry.Reason);
}
