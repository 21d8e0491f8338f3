using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Orders.Payments;

/// <summary>
/// The name of a payment at the gateway, made from who places and with which idempotency key. So two
/// concurrent placings, or a retry after a crash, find the same authorisation in place of a second one.
/// </summary>
internal static class PaymentReference
{
    public static string For(Guid customerId, string idempotencyKey)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{customerId:N}/{idempotencyKey}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..40];
    }
}
