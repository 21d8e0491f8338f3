namespace Vouchers.Contracts;

public sealed record VoucherIssued(Guid VoucherId, int Amount, string Added)
{
    public const string Alias = "vouchers.voucher-issued.v1";
}

public record VoucherSpent(Guid VoucherId)
{
    public const string Alias = "vouchers.voucher-spent.v1";

    public int Count;

    public Guid SpentBy { get; set; }

    public List<string>? Notes { get; init; }

    public DateTime SpentAt { get; init; }
}

public sealed record VoucherLapsed(Guid VoucherId)
{
    public const string Alias = "Vouchers.VoucherLapsed";
}

public sealed record VoucherMoved(Guid VoucherId)
{
    public static readonly string Alias = "vouchers.voucher-moved.v1";
}

public sealed record VoucherReissued(Guid VoucherId)
{
    public const string Alias = "vouchers.voucher-issued.v1";
}

public sealed record Leftover(int Amount);

public static class VoucherMath
{
    public static int Twice(int amount) => amount * 2;
}
