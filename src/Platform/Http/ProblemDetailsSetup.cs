using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Platform.Telemetry;

namespace Platform.Http;

/// <summary>
/// Makes every refusal that does not come from a handler (routing, binding, authentication, a bug) an RFC 9457
/// problem with a stable <c>code</c>, whatever the caller says it accepts. Every process that serves a module
/// needs it, so that a module's clients see no difference when it moves.
/// </summary>
public static class ProblemDetailsSetup
{
    /// <summary>Registers what <see cref="UseProblems"/> needs.</summary>
    public static IServiceCollection AddProblems(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        // Ahead of the framework's writer, which falls silent when the Accept header does not name JSON.
        services.AddSingleton<IProblemDetailsWriter, ProblemWriter>();
        services.AddProblemDetails();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IncidentLog>();
        services.AddExceptionHandler<FailedRequests>();
        // Without this, binding failures are empty answers outside Development and cannot say what was wrong.
        return services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
    }

    /// <summary>Answers exceptions and empty error answers with problems. Goes near the pipeline's start.</summary>
    public static IApplicationBuilder UseProblems(this IApplicationBuilder app) =>
        app.UseExceptionHandler().UseStatusCodePages().UseMiddleware<BodyGuard>().UseMiddleware<JsonGuard>();

    /// <summary>Answers with a problem from a place that has no result to return, such as a middleware.</summary>
    /// <param name="http">The request to answer; its answer must not have begun.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="code">Stable, in snake_case; null takes the status's own.</param>
    /// <param name="detail">One sentence for a person; null takes the status's own.</param>
    /// <param name="errors">Messages per field, where fields are at fault.</param>
    public static async Task WriteProblemAsync(
        this HttpContext http,
        int status,
        string? code = null,
        string? detail = null,
        IReadOnlyDictionary<string, string[]>? errors = null
    )
    {
        ArgumentNullException.ThrowIfNull(http);
        var problem = new ProblemDetails { Status = status, Detail = detail };
        if (code is not null)
        {
            problem.Type = Problems.TypeOf(code);
            problem.Extensions["code"] = code;
        }

        if (errors is not null)
            problem.Extensions["errors"] = errors;
        http.Response.StatusCode = status;
        var writer = http.RequestServices.GetRequiredService<IProblemDetailsService>();
        await writer.WriteAsync(new ProblemDetailsContext { HttpContext = http, ProblemDetails = problem });
    }

    private sealed class ProblemWriter(IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json)
        : IProblemDetailsWriter
    {
        public bool CanWrite(ProblemDetailsContext context) => true;

        public async ValueTask WriteAsync(ProblemDetailsContext context)
        {
            var http = context.HttpContext;
            var problem = context.ProblemDetails;
            problem.Status ??= http.Response.StatusCode;
            if (!problem.Extensions.ContainsKey("code"))
            {
                var (code, detail) = KnownProblems.Of(problem.Status.Value);
                problem.Extensions["code"] = code;
                problem.Type = Problems.TypeOf(code);
                problem.Detail ??= detail;
            }

            problem.Title ??= ReasonPhrases.GetReasonPhrase(problem.Status.Value);
            problem.Extensions["traceId"] = Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;
            http.Response.StatusCode = problem.Status.Value;
            // Given no token it goes by the request's own, and is silent when the caller has gone.
            await http.Response.WriteAsJsonAsync(
                problem,
                problem.GetType(),
                json.Value.SerializerOptions,
                "application/problem+json",
                CancellationToken.None
            );
        }
    }
}
