using Host.Settings;
using Microsoft.Net.Http.Headers;

namespace Host.Identity;

/// <summary>
/// Lets the web apps that configuration names as clients call this host from their own origins, with the tokens that
/// they were given. A browser's session is never sent along, and nobody else's scripts may read an answer.
/// </summary>
internal static class ClientOrigins
{
    public const string Policy = "clients";

    private static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    public static void AddClientOrigins(
        this IServiceCollection services,
        IReadOnlyList<ClientSettings> clients
    ) =>
        services.AddCors(cors =>
            cors.AddPolicy(
                Policy,
                policy =>
                    policy
                        .WithOrigins([.. clients.SelectMany(client => client.Origins).Distinct()])
                        .AllowAnyMethod()
                        .AllowAnyHeader()
                        .WithExposedHeaders(HeaderNames.Location, HeaderNames.RetryAfter)
                        .SetPreflightMaxAge(Remembered)
            )
        );
}
