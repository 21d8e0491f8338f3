namespace Host;

/// <summary>
/// Gives back, once, the memory that only starting needed. The collector's first budget follows the processor's
/// cache, so on a large machine it would not come by itself before that many megabytes more were allocated.
/// </summary>
internal sealed class StartUpGarbage(TimeProvider clock) : BackgroundService
{
    /// <summary>Long enough that nobody's first request waits for it.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(Rest, clock, stoppingToken);
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }
}
