using Microsoft.Extensions.Hosting;

namespace Platform.Hosting;

/// <summary>Lets background work stand back until the process answers requests: people wait for that, work does not.</summary>
internal static class Started
{
    /// <summary>Completes when every part of the process has started.</summary>
    /// <exception cref="OperationCanceledException">It was stopped before.</exception>
    public static async Task StartedAsync(
        this IHostApplicationLifetime lifetime,
        CancellationToken cancellationToken
    )
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }
}
