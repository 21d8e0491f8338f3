using Platform.Domain;

namespace Riders.Domain;

/// <summary>What a rider earned with one delivery. Its key is the delivery's, so that none is paid twice.</summary>
internal sealed class Earning
{
    private Earning() { }

    public Guid DeliveryId { get; private set; }
    public Guid OrderId { get; private set; }
    public Guid RiderId { get; private set; }
    public Money Pay { get; private set; } = Money.Zero("XXX");
    public double Metres { get; private set; }
    public DateTimeOffset EarnedAt { get; private set; }

    /// <summary>The day in the platform's own time zone, as riders count days.</summary>
    public DateOnly Day { get; private set; }

    public static Earning For(Delivery delivery, Guid riderId, DateTimeOffset now, TimeZoneInfo zone) =>
        new()
        {
            DeliveryId = delivery.DeliveryId,
            OrderId = delivery.OrderId,
            RiderId = riderId,
            Pay = delivery.Pay,
            Metres = delivery.Metres,
            EarnedAt = now,
            Day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime),
        };
}
