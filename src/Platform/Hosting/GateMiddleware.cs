using Microsoft.AspNetCore.Http;
using Platform.Domain;
using Platform.Http;
using Platform.Modules;

namespace Platform.Hosting;

/// <summary>The gate that an endpoint's requests pass.</summary>
internal sealed record Gated(ModuleGate Gate, string Module);

/// <summary>
/// Answers 503 for a module that is paused or not ready, before anything of the module runs, its reading of the
/// request included. While the module is being made ready for the first time, its callers wait a little.
/// </summary>
internal sealed class GateMiddleware(RequestDelegate next)
{
    private const string RetryAfterSeconds = "5";

    /// <summary>Longer than a database that does not answer is waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<Gated>() is not { } gated)
            return next(http);
        http.CountFor(gated.Module);
        return gated.Gate.IsOpen ? next(http) : PassAsync(http, gated);
    }

    private async Task PassAsync(HttpContext http, Gated gated)
    {
        await gated
            .Gate.FirstTry.WaitAsync(Patience, http.RequestAborted)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (gated.Gate.IsOpen)
        {
            await next(http);
            return;
        }
        http.Response.Headers.RetryAfter = RetryAfterSeconds;
        await RefusalOf(gated).ToProblem().ExecuteAsync(http);
    }

    private static Error RefusalOf(Gated gated) =>
        gated.Gate.State == ModuleState.Paused
            ? Error.Unavailable("module_paused", $"{gated.Module} is paused by an operator. Try again later.")
            : Error.Unavailable("module_starting", $"{gated.Module} is not ready yet. Try again shortly.");
}
