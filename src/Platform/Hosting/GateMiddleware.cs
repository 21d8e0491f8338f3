using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Platform.Domain;
using Platform.Homes;
using Platform.Http;
using Platform.Modules;

namespace Platform.Hosting;

/// <summary>The gate that an endpoint's requests pass.</summary>
internal sealed record Gated(ModuleGate Gate, ModuleDefinition Definition)
{
    public string Module => Definition.Name;
}

/// <summary>
/// Answers 503 for a module that is paused or not ready, before anything of the module runs, its reading of the
/// request included. While the module is being made ready for the first time, or is handed over to another home, its
/// callers wait a little; calls of one that is at home elsewhere are passed on to there.
/// </summary>
internal sealed class GateMiddleware(
    RequestDelegate next,
    ModuleHomes? homes = null,
    TimeProvider? clock = null
)
{
    /// <summary>
    /// The header of a refusal that another replica might not give: nothing of the call was begun, so it may be sent
    /// there, whatever it is.
    /// </summary>
    public const string NotBegunHeader = "Monolith-Not-Begun";

    private const string RetryAfterSeconds = "5";

    /// <summary>Longer than a database that does not answer is waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Shorter than a client waits for its answer.</summary>
    private static readonly TimeSpan PatienceWithHandOver = TimeSpan.FromSeconds(14);

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    public Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<Gated>() is not { } gated)
            return next(http);
        http.CountFor(gated.Module);
        return gated.Gate.TryEnter() is { } passing ? RunAsync(http, passing) : PassAsync(http, gated);
    }

    private async Task RunAsync(HttpContext http, ModuleGate.Passing passing)
    {
        using (passing)
            await next(http);
    }

    private async Task PassAsync(HttpContext http, Gated gated)
    {
        await gated
            .Gate.FirstTry.WaitAsync(Patience, http.RequestAborted)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var since = _clock.GetTimestamp();
        do
        {
            if (!await IsLetGoAsync(gated.Gate, since, http.RequestAborted))
                break;
            if (gated.Gate.IsAway && homes is not null && await TryElsewhereAsync(http, gated, homes))
                return;
            if (gated.Gate.TryEnter() is { } passing)
            {
                await RunAsync(http, passing);
                return;
            }
        } while (gated.Gate.IsHeld);
        if (http.RequestAborted.IsCancellationRequested)
            return;
        http.Response.Headers.RetryAfter = RetryAfterSeconds;
        http.Response.Headers[NotBegunHeader] = gated.Module;
        await RefusalOf(gated).ToProblem().ExecuteAsync(http);
    }

    /// <summary>Holds a call while the module is handed over.</summary>
    /// <returns>False when that takes too long, or the caller has gone.</returns>
    private async Task<bool> IsLetGoAsync(ModuleGate gate, long since, CancellationToken gone)
    {
        if (!gate.IsHeld)
            return true;
        var left = PatienceWithHandOver - _clock.GetElapsedTime(since);
        if (left > TimeSpan.Zero)
        {
            await gate.WaitUntilLetGoAsync(gone)
                .WaitAsync(left, _clock, gone)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        gate.Held.Note(_clock.GetElapsedTime(since));
        return !gate.IsHeld && !gone.IsCancellationRequested;
    }

    /// <summary>
    /// Passes a call on to where the module is at home. Who sends calls here may have seen that it came before this
    /// process has, so that is looked for once more; who does not know yet that it left may still be answered here.
    /// </summary>
    private async Task<bool> TryElsewhereAsync(HttpContext http, Gated gated, ModuleHomes known)
    {
        var home = known.Of(gated.Definition);
        if (home?.Address is null && home?.IsBeingLeft(known.Here) is not true)
        {
            home = await known.RefreshAsync(gated.Definition, http.RequestAborted);
            if (home is { State: HomeState.HandingOver } || home?.MayRun(known.Here) is true)
                return false;
        }
        // Begun before it is decided who answers, so that the move is not settled in between.
        ModuleGate.Passing? here = home?.IsBeingLeft(known.Here) is true ? gated.Gate.Enter() : null;
        // Not before it is needed: who forwards knows callers by keys that are made ready after the start.
        if (
            home?.Address is { } address
            && http.RequestServices.GetService<IForwarding>() is { } forwarding
            && (here is null || IsLasting(http) || gated.Gate.SlowStart.TryPass())
        )
        {
            here?.Dispose();
            // A stream that stays open is not waited for by a module that goes over.
            using var onward = IsLasting(http) ? default(ModuleGate.Passing?) : gated.Gate.PassOn();
            await forwarding.ForwardAsync(http, gated.Module, new Uri(address));
            return true;
        }
        if (here is not { } passing)
            return false;
        await RunAsync(http, passing);
        return true;
    }

    private static bool IsLasting(HttpContext http) =>
        http.Request.Headers.Accept.Any(accepted =>
            accepted?.Contains("text/event-stream", StringComparison.OrdinalIgnoreCase) is true
        );

    private static Error RefusalOf(Gated gated) =>
        gated.Gate.IsHeld
            ? Error.Unavailable(
                "module_moving",
                $"{gated.Module} is on its way to another process. Try again shortly."
            )
        : gated.Gate.IsAway
            ? Error.Unavailable(
                "module_elsewhere",
                $"{gated.Module} is at home in another process. Try again shortly."
            )
        : gated.Gate.State == ModuleState.Paused
            ? Error.Unavailable("module_paused", $"{gated.Module} is paused by an operator. Try again later.")
        : Error.Unavailable("module_starting", $"{gated.Module} is not ready yet. Try again shortly.");
}
