namespace Badges.Domain;

/// <summary>Touches Vouchers by a constant, a <c>nameof</c> and reflection alone: no reference is left to see.</summary>
internal static class Peek
{
    public static int Limit() => Vouchers.Domain.Limits.Most;

    public static string Name() => nameof(Vouchers.Domain.Limits.Most);

    public static Type? ByReflection() => Type.GetType("Vouchers.Domain.Voucher, Vouchers");

    public static Type? Contract() => Type.GetType("Vouchers.Contracts.VoucherIssued, Vouchers.Contracts");
}
