using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Platform.Http;

namespace Host.Identity;

/// <summary>
/// How often one client address may ask for a token: each attempt costs a slow hash, and lock-out alone does not
/// stop somebody who tries one password on many accounts.
/// </summary>
internal static class TokenRateLimit
{
    public const string Policy = "token";

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static void AddTokenRateLimit(this IServiceCollection services, int requestsPerMinute) =>
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = RefuseAsync;
            options.AddPolicy(
                Policy,
                http =>
                    RateLimitPartition.GetFixedWindowLimiter(
                        ClientOf(http.Connection.RemoteIpAddress),
                        _ => new FixedWindowRateLimiterOptions
                        {
                            PermitLimit = requestsPerMinute,
                            Window = Window,
                        }
                    )
            );
        });

    /// <summary>A household or a machine has a whole /64 of IPv6, so that is what counts as one client.</summary>
    private static string ClientOf(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily is AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }

    private static async ValueTask RefuseAsync(OnRejectedContext context, CancellationToken cancellationToken)
    {
        var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Window;
        context.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds)
            .ToString(CultureInfo.InvariantCulture);
        await context.HttpContext.WriteProblemAsync(StatusCodes.Status429TooManyRequests);
    }
}
