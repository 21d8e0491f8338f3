namespace Coupons.Domain;

/// <summary>The local note of an order that was delivered. It makes a repeated event harmless.</summary>
internal sealed class DeliveredOrder
{
    public required Guid OrderId { get; init; }

    public required DateTimeOffset DeliveredAt { get; init; }
}
