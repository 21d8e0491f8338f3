using OpenIddict.Abstractions;

namespace Host.Identity;

/// <summary>Deletes tokens that nobody can use any more; without it the identity database only ever grows.</summary>
internal sealed class TokenPruning(
    IServiceScopeFactory scopes,
    IdentityPreparation identity,
    TimeProvider clock,
    ILogger<TokenPruning> log
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan KeptAfterExpiry = TimeSpan.FromDays(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await identity.Ready.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var tokens = scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>();
                await tokens.PruneAsync(clock.GetUtcNow() - KeptAfterExpiry, stoppingToken);
                await scope.ServiceProvider.GetRequiredService<TokenWindows>().PruneAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(
                    exception,
                    "Expired tokens could not be deleted; trying again in {Interval}",
                    Interval
                );
            }
        }
    }
}
