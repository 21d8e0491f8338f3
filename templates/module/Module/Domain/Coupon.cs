using Platform.Domain;

namespace Coupons.Domain;

/// <summary>What the module is about.</summary>
internal sealed class Coupon : IAggregateRoot
{
    public const int LongestName = 100;

    private Coupon() { }

    public Guid CouponId { get; private init; }

    public string Name { get; private init; } = "";

    public DateTimeOffset OpenedAt { get; private init; }

    public static Result<Coupon> Open(string name, DateTimeOffset now) =>
        string.IsNullOrWhiteSpace(name)
            ? Error.Refused("name_missing", "It needs a name.")
            : new Coupon
            {
                CouponId = Guid.CreateVersion7(now),
                Name = name.Trim(),
                OpenedAt = now,
            };
}
