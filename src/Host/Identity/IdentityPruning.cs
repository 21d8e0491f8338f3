using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Platform.Data;
using Platform.Telemetry;

namespace Host.Identity;

/// <summary>
/// Deletes what nobody can use any more: tokens, the grants that they were given for, sessions, counts of requests and
/// of attempts. Without it the identity database only ever grows.
/// </summary>
internal sealed class IdentityPruning(
    IServiceScopeFactory scopes,
    IdentityPreparation identity,
    TimeProvider clock,
    IncidentLog incidents,
    ILogger<IdentityPruning> log
) : BackgroundService
{
    /// <summary>Soon after the start as well: a process that is often restarted would never get to it.</summary>
    private static readonly TimeSpan First = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan KeptAfterExpiry = TimeSpan.FromDays(1);

    /// <summary>Deletes all of it now.</summary>
    public async Task PruneAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var now = clock.GetUtcNow();
        // A grant goes when it has no token any more, so those go first.
        await services
            .GetRequiredService<IOpenIddictTokenManager>()
            .PruneAsync(now - KeptAfterExpiry, cancellationToken);
        await services
            .GetRequiredService<IOpenIddictAuthorizationManager>()
            .PruneAsync(now - KeptAfterExpiry, cancellationToken);
        var seconds = now.ToUnixTimeSeconds();
        await services
            .GetRequiredService<IdentityDatabase>()
            .Sessions.Where(session => session.EndsAt <= seconds)
            .OrderBy(session => session.EndsAt)
            .RemoveAsync(cancellationToken);
        await services.GetRequiredService<TokenWindows>().PruneAsync(cancellationToken);
        await services.GetRequiredService<PasswordAttempts>().PruneAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await identity.Ready.WaitAsync(stoppingToken);
        await Task.Delay(First, clock, stoppingToken);
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                await PruneAsync(stoppingToken);
            }
            catch (Exception away)
                when (!stoppingToken.IsCancellationRequested && DatabaseFailure.IsUnreachable(away))
            {
                incidents.Tell("Deleting what is over in Identity", away);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(
                    exception,
                    "What is over could not be deleted in Identity; trying again in {Interval}",
                    Interval
                );
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
