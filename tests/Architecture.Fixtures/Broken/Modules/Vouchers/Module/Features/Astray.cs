namespace Vouchers.Elsewhere;

internal sealed class Astray;
