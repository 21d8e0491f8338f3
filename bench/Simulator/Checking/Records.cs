using System.Text.Json.Nodes;
using Simulator.Databases;

namespace Simulator.Checking;

/// <summary>One change in an order's timeline.</summary>
internal sealed record Step(string Status, DateTimeOffset At, string By);

/// <summary>An order as Orders stores it.</summary>
internal sealed record StoredOrder(
    Guid Id,
    Guid CustomerId,
    Guid StoreId,
    string Status,
    string Payment,
    string PaymentReference,
    IReadOnlyList<Step> Timeline
)
{
    public static StoredOrder Of(Row row) =>
        new(
            row.Id("Id"),
            row.Id("CustomerId"),
            row.Id("StoreId"),
            row.Text("Status"),
            row.Text("Payment"),
            row.Text("PaymentReference"),
            [
                .. JsonNode
                    .Parse(row.Text("Timeline"))!
                    .AsArray()
                    .Select(step => new Step(
                        (string)step!["status"]!,
                        (DateTimeOffset)step["at"]!,
                        (string)step["by"]!
                    )),
            ]
        );

    public bool Was(string status) => Timeline.Any(step => step.Status == status);
}

/// <summary>A delivery as Riders stores it.</summary>
internal sealed record StoredDelivery(
    Guid Id,
    Guid OrderId,
    string Status,
    Guid? RiderId,
    bool FoodIsReady,
    bool WasPickedUp,
    string? FailureReason
)
{
    public static StoredDelivery Of(Row row) =>
        new(
            row.Id("DeliveryId"),
            row.Id("OrderId"),
            row.Text("Status"),
            row.IdOrNull("RiderId"),
            row.Flag("FoodIsReady"),
            row.Has("PickedUpAt"),
            row.TextOrNull("FailureReason")
        );
}

/// <summary>An offer as Riders stores it.</summary>
internal sealed record StoredOffer(Guid Id, Guid DeliveryId, Guid RiderId, string State)
{
    public static StoredOffer Of(Row row) =>
        new(row.Id("OfferId"), row.Id("DeliveryId"), row.Id("RiderId"), row.Text("State"));
}

/// <summary>A review as Reviews stores it.</summary>
internal sealed record StoredReview(
    Guid Id,
    Guid OrderId,
    Guid StoreId,
    Guid RiderId,
    Guid AuthorId,
    string Status,
    int Food,
    int Delivery,
    bool HasReply,
    bool WasDisputed
)
{
    public static StoredReview Of(Row row) =>
        new(
            row.Id("ReviewId"),
            row.Id("OrderId"),
            row.Id("StoreId"),
            row.Id("RiderId"),
            row.Id("AuthorId"),
            row.Text("Status"),
            (int)row.Number("FoodRating"),
            (int)row.Number("DeliveryRating"),
            row.Has("Reply_Text"),
            row.Has("Dispute_Reason")
        );

    public bool IsPublished => Status == "Published";
}

/// <summary>An answer kept under an idempotency key.</summary>
internal sealed record KeptAnswer(Guid CallerId, string Key, Guid OrderId)
{
    public static KeptAnswer Of(Row row) =>
        new(row.Id("CallerId"), row.Text("Key"), (Guid)JsonNode.Parse(row.Text("Answer"))!["orderId"]!);
}

/// <summary>How far a module has come in a stream.</summary>
internal sealed record StoredCursor(string Module, string Stream, long Position);

/// <summary>How often each score was given, 1 to 5.</summary>
internal sealed record Tally(long Ones, long Twos, long Threes, long Fours, long Fives)
{
    public static Tally Of(Row row, string column) =>
        new(
            row.Number($"{column}_Ones"),
            row.Number($"{column}_Twos"),
            row.Number($"{column}_Threes"),
            row.Number($"{column}_Fours"),
            row.Number($"{column}_Fives")
        );

    public static Tally Of(IReadOnlyCollection<int> scores)
    {
        return new(Times(1), Times(2), Times(3), Times(4), Times(5));

        int Times(int score) => scores.Count(given => given == score);
    }

    public long Count => Ones + Twos + Threes + Fours + Fives;

    public double Average =>
        Count == 0 ? 0 : (double)(Ones + (2 * Twos) + (3 * Threes) + (4 * Fours) + (5 * Fives)) / Count;
}
