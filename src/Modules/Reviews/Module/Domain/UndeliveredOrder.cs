namespace Reviews.Domain;

/// <summary>
/// The local note of an order that never reached its customer. It makes a repeated event harmless and shows an
/// operator why a rider's standing is what it is.
/// </summary>
internal sealed class UndeliveredOrder
{
    private const string Rider = "rider";

    private UndeliveredOrder() { }

    public Guid OrderId { get; private set; }

    public Guid StoreId { get; private set; }

    public Guid? RiderId { get; private set; }

    public string Reason { get; private set; } = "";

    /// <summary><c>customer</c>, <c>store</c>, <c>rider</c> or <c>platform</c>; a word not known yet blames no rider.</summary>
    public string Fault { get; private set; } = "";

    public DateTimeOffset FailedAt { get; private set; }

    public bool IsRidersFault => Fault == Rider;

    public static UndeliveredOrder Note(
        Guid orderId,
        Guid storeId,
        Guid? riderId,
        string reason,
        string fault,
        DateTimeOffset failedAt
    ) =>
        new()
        {
            OrderId = orderId,
            StoreId = storeId,
            RiderId = riderId,
            Reason = reason,
            Fault = fault,
            FailedAt = failedAt,
        };
}
