namespace Host.Pages;

/// <summary>
/// Once an operator has looked, goes on looking: what the control room shows next time has no gap, and an alert's
/// since-when is when it began and not when somebody came to see it.
/// </summary>
internal sealed class OpsRounds(OpsRoom room, TimeProvider clock, ILogger<OpsRounds> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await room.Opened.WaitAsync(stoppingToken);
        using var rounds = new PeriodicTimer(OpsTrends.Slow / 2, clock);
        while (await rounds.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await room.LookHereAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                log.LogDebug(failure, "The control room cannot be looked after just now");
            }
        }
    }
}
