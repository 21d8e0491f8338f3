using System.Diagnostics;
using MediatR;
using Platform.Domain;
using Platform.Modules;
using Platform.Telemetry;

namespace Platform.Commands;

/// <summary>Traces and times every command and query, by name and outcome; never by content.</summary>
internal sealed class TelemetryBehaviour<TRequest, TResponse>(ModuleCatalog modules)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
    where TResponse : IResult<TResponse>
{
    private static readonly string Name = typeof(TRequest).Name;

    public async Task<TResponse> Handle(
        TRequest request,
        CancellationToken cancellationToken,
        RequestHandlerDelegate<TResponse> next
    )
    {
        var module = modules.Of(typeof(TRequest).Assembly).Name;
        using var activity = PlatformTelemetry.Activities.StartActivity(Name);
        activity?.SetTag("monolith.module", module);
        var outcome = "failed";
        var started = Stopwatch.GetTimestamp();
        try
        {
            var result = await next();
            outcome = result.Error?.Code ?? "done";
            return result;
        }
        finally
        {
            activity?.SetTag("monolith.outcome", outcome);
            if (outcome == "failed")
                activity?.SetStatus(ActivityStatusCode.Error);
            PlatformTelemetry.CommandDuration.Record(
                Stopwatch.GetElapsedTime(started).TotalSeconds,
                new("module", module),
                new("request", Name),
                new("outcome", outcome)
            );
        }
    }
}
