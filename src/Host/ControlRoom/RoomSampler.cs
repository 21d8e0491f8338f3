namespace Host.ControlRoom;

/// <summary>
/// Once an operator has looked, goes on looking: what the control room shows next time has no gap, and an alert's
/// since-when is when it began and not when somebody came to see it. Until then nothing of the control room is there.
/// </summary>
internal sealed class RoomSampler(TimeProvider clock, ILogger<RoomSampler> log) : BackgroundService
{
    private readonly TaskCompletionSource<Func<CancellationToken, Task>> _look = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    /// <summary>Begins, unless it has begun.</summary>
    public void Begin(Func<CancellationToken, Task> look) => _look.TrySetResult(look);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var look = await _look.Task.WaitAsync(stoppingToken);
        using var rounds = new PeriodicTimer(FigureTrends.Slow / 2, clock);
        while (await rounds.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await look(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                log.LogDebug(failure, "The control room cannot be looked after just now");
            }
        }
    }
}
