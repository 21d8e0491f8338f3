using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Platform.Http;

namespace Host.Identity;

/// <summary>
/// How often one client address may ask for a token: each attempt costs a slow hash, and lock-out alone does not
/// stop somebody who tries one password on many accounts. Codes are counted for themselves: each leaves a grant behind.
/// </summary>
internal static class TokenRateLimit
{
    public const string Policy = "token";
    public const string GrantPolicy = "grant";

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static void AddTokenRateLimit(this IServiceCollection services, int requestsPerMinute) =>
        services.AddRateLimiter(options =>
        {
            options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            options.OnRejected = RefuseAsync;
            foreach (var policy in (string[])[Policy, GrantPolicy])
                options.AddPolicy(policy, http => PartitionOf(http, requestsPerMinute));
        });

    private static RateLimitPartition<string> PartitionOf(HttpContext http, int requestsPerMinute) =>
        RateLimitPartition.GetFixedWindowLimiter(
            ClientOf(http.Connection.RemoteIpAddress),
            _ => new FixedWindowRateLimiterOptions { PermitLimit = requestsPerMinute, Window = Window }
        );

    /// <summary>Counts the request over all replicas, and refuses it when that is one too many.</summary>
    public static async Task<bool> TakesAsync(HttpContext http, int requestsPerMinute, bool isForGrant)
    {
        var client = ClientOf(http.Connection.RemoteIpAddress);
        var wait = await http
            .RequestServices.GetRequiredService<TokenWindows>()
            .TakeAsync(
                isForGrant ? $"{GrantPolicy} {client}" : client,
                requestsPerMinute,
                http.RequestAborted
            );
        if (wait is not { } seconds)
            return true;
        await RefuseAsync(http, TimeSpan.FromSeconds(seconds));
        return false;
    }

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

    private static ValueTask RefuseAsync(OnRejectedContext context, CancellationToken cancellationToken) =>
        new(
            RefuseAsync(
                context.HttpContext,
                context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Window
            )
        );

    private static Task RefuseAsync(HttpContext http, TimeSpan wait)
    {
        http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds)
            .ToString(CultureInfo.InvariantCulture);
        return http.WriteProblemAsync(StatusCodes.Status429TooManyRequests);
    }
}
