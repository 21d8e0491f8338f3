using Host.Edge;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Homes;

namespace Host.Telemetry;

/// <summary>
/// Live: the process answers; restart it when it does not. Ready: one entry per module, so that one glance shows
/// which capability is ill. Entries say what is wrong in words and never carry an exception.
/// </summary>
internal static class HealthEndpoints
{
    /// <summary>Checks with this tag are the readiness entries.</summary>
    public const string ReadyTag = "ready";

    private const string ModuleTag = "module";

    /// <summary>Checks of what the process can go on without for a while, such as the broker.</summary>
    public const string AsideTag = "aside";

    public static void MapHealth(this WebApplication app)
    {
        var health = app.MapGroup("/health").AllowAnonymous().DisableHttpMetrics().WithTags("Operations");
        health.MapGet("/live", Live).WithSummary("Whether the process answers").Produces<HealthAnswer>();
        health
            .MapGet("/ready", ReadyAsync)
            .WithSummary("Whether each module can do its work")
            .Produces<HealthAnswer>()
            .Produces<HealthAnswer>(StatusCodes.Status503ServiceUnavailable);
    }

    private static readonly HealthAnswer Stopping = new(
        HealthStatus.Unhealthy,
        new(StringComparer.Ordinal)
        {
            ["Process"] = new HealthEntry(HealthStatus.Unhealthy, "It was told to stop.", Milliseconds: 0),
        }
    );

    private static IResult Live(HttpContext http) => Answer(http, new HealthAnswer(HealthStatus.Healthy, []));

    private static async Task<IResult> ReadyAsync(
        HttpContext http,
        HealthCheckService checks,
        Drain drain,
        [FromServices] ModuleHomes? homes,
        CancellationToken cancellationToken
    )
    {
        if (homes is not null)
            http.Response.Headers[Reach.NameHeader] = homes.Here;
        if (drain.IsUnderWay)
            return Answer(http, Stopping);
        var report = await checks.CheckHealthAsync(check => check.Tags.Contains(ReadyTag), cancellationToken);
        var entries = report.Entries.ToDictionary(
            entry => entry.Key,
            entry => new HealthEntry(
                entry.Value.Status,
                entry.Value.Description,
                Math.Round(entry.Value.Duration.TotalMilliseconds, 1)
            ),
            StringComparer.Ordinal
        );
        return Answer(http, new HealthAnswer(StatusOf(report, homes), entries));
    }

    /// <summary>
    /// A module that is ill does not take its neighbours out of rotation: the process is unready only when none of
    /// its modules can work, or when what they all need cannot. As a gateway it has those of other processes as well.
    /// </summary>
    private static HealthStatus StatusOf(HealthReport report, ModuleHomes? homes)
    {
        var here = report.Entries.Values.Where(entry => entry.Tags.Contains(ModuleTag)).ToList();
        var rest = report.Entries.Values.Where(entry =>
            !entry.Tags.Contains(ModuleTag) && !entry.Tags.Contains(AsideTag)
        );
        if (rest.Any(entry => entry.Status is HealthStatus.Unhealthy))
            return HealthStatus.Unhealthy;
        var isGateway = homes?.Elsewhere.Any(module => module.Addresses.Count > 0) is true;
        if (!isGateway && here.Count > 0 && here.TrueForAll(entry => entry.Status is HealthStatus.Unhealthy))
            return HealthStatus.Unhealthy;
        return report.Status is HealthStatus.Healthy ? HealthStatus.Healthy : HealthStatus.Degraded;
    }

    private static IResult Answer(HttpContext http, HealthAnswer answer)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(
            answer,
            statusCode: answer.Status is HealthStatus.Unhealthy
                ? StatusCodes.Status503ServiceUnavailable
                : StatusCodes.Status200OK
        );
    }

    private sealed record HealthAnswer(HealthStatus Status, Dictionary<string, HealthEntry> Entries);

    private sealed record HealthEntry(HealthStatus Status, string? Description, double Milliseconds);
}
