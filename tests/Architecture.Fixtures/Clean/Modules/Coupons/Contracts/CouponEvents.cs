namespace Coupons.Contracts;

public sealed record Worth(decimal Amount, string Currency);

public sealed record CouponIssued(Guid CouponId, Worth Worth, IReadOnlyList<string> Stores, string? Note)
{
    public const string Alias = "coupons.coupon-issued.v1";
}
