using System.Text.Json.Nodes;
using Simulator.Databases;

namespace Simulator.Checking;

/// <summary>One event in an outbox.</summary>
internal sealed record Said(
    long Position,
    Guid EventId,
    string Type,
    Guid Key,
    DateTimeOffset OccurredAt,
    JsonNode Payload
)
{
    public static Said Of(Row row) =>
        new(
            row.Number("Position"),
            row.Id("EventId"),
            row.Text("Type"),
            row.Id("Key"),
            row.Instant("OccurredAt"),
            JsonNode.Parse(row.Text("Payload"))!
        );

    /// <summary>An id in its payload.</summary>
    public Guid Id(string member) => (Guid)Payload[member]!;
}

/// <summary>The events that the rules know.</summary>
internal static class Events
{
    public const string OrderPlaced = "orders.order-placed.v1";
    public const string OrderAccepted = "orders.order-accepted.v1";
    public const string OrderReady = "orders.order-ready.v1";
    public const string OrderCancelled = "orders.order-cancelled.v1";
    public const string OrderDelivered = "orders.order-delivered.v1";
    public const string OrderUndeliverable = "orders.order-undeliverable.v1";

    public const string DeliveryRequested = "riders.delivery-requested.v1";
    public const string DeliveryOffered = "riders.delivery-offered.v1";
    public const string RiderAssigned = "riders.rider-assigned.v1";
    public const string RiderUnassigned = "riders.rider-unassigned.v1";
    public const string DeliveryPickedUp = "riders.delivery-picked-up.v1";
    public const string DeliveryCompleted = "riders.delivery-completed.v1";
    public const string DeliveryFailed = "riders.delivery-failed.v1";
    public const string DeliveryCancelled = "riders.delivery-cancelled.v1";

    public const string ReviewPublished = "reviews.review-published.v1";
    public const string ReviewRemoved = "reviews.review-removed.v1";
    public const string StoreRatingChanged = "reviews.store-rating-changed.v1";

    /// <summary>What each change of an order is called on its stream.</summary>
    public static string OfOrder(string status) =>
        status switch
        {
            Statuses.PickedUp => "orders.order-picked-up.v1",
            _ => $"orders.order-{status.ToLowerInvariant()}.v1",
        };
}
