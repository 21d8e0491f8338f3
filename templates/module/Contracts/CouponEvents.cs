namespace Coupons.Contracts;

/// <summary>A coupon was opened.</summary>
public sealed record CouponOpened(Guid CouponId, DateTimeOffset OpenedAt)
{
    /// <summary>The event's name on every wire; it never changes.</summary>
    public const string Alias = "coupons.coupon-opened.v1";
}
