using Host.Settings;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using Platform.Data;
using Platform.Settings;
using Platform.Telemetry;

namespace Host.Identity;

/// <summary>
/// Brings the identity database up to date and, in Development, seeds it. It runs once the host listens: only the
/// token endpoint waits for it. While the database cannot be prepared it is tried again, shown
/// as unhealthy, and tokens that were issued before go on working.
/// </summary>
internal sealed class IdentityPreparation(
    IServiceScopeFactory scopes,
    HostSettings settings,
    IHostEnvironment environment,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    IncidentLog incidents,
    ILogger<IdentityPreparation> log
) : BackgroundService
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool _isFit;

    /// <summary>Completes when tokens can be issued.</summary>
    public Task Ready => _ready.Task;

    /// <summary>
    /// Outside Development, looks at the database before the host starts, and refuses it when it is not one to
    /// serve people from. One that cannot be reached is looked at later: the modules do not depend on it.
    /// </summary>
    /// <exception cref="SettingRefusedException">Demo accounts are in it, or migrations are missing.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        if (environment.IsDevelopment())
            return;
        try
        {
            await RefuseUnlessFitAsync(cancellationToken);
        }
        catch (Exception exception) when (DatabaseFailure.IsUnreachable(exception))
        {
            log.LogWarning(
                "The identity database cannot be reached; it is looked at when it can be. {Reason}",
                exception.GetBaseException().Message
            );
        }
    }

    private async Task RefuseUnlessFitAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<IdentityDatabase>();
        if (settings.Database.Migrate)
        {
            await MigrateAsync(database, cancellationToken);
        }
        else if ((await database.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            throw new SettingRefusedException(
                "Database:Migrate",
                "the identity database lacks migrations; run the command 'migrate' first, or set this to true."
            );
        }

        await DemoAccounts.RefuseAsync(database, settings.Auth.Database!, cancellationToken);
        _isFit = true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!await HasStartedAsync(stoppingToken))
            return;
        while (true)
        {
            try
            {
                await PrepareAsync(stoppingToken);
                _ready.SetResult();
                return;
            }
            catch (SettingRefusedException refused)
            {
                log.LogCritical("{Refusal}", refused.Message);
                lifetime.StopApplication();
                return;
            }
            catch (Exception away)
                when (!stoppingToken.IsCancellationRequested && DatabaseFailure.IsUnreachable(away))
            {
                incidents.Tell("Preparing Identity's database", away);
                await Task.Delay(RetryDelay, clock, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                log.LogError(exception, "The identity database cannot be prepared; trying again");
                await Task.Delay(RetryDelay, clock, stoppingToken);
            }
        }
    }

    /// <summary>The processor is the modules' until the host listens: preparing can wait, their callers should not.</summary>
    private async Task<bool> HasStartedAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var whenStarted = lifetime.ApplicationStarted.Register(() => started.TrySetResult(true));
        await using var whenStopped = stoppingToken.Register(() => started.TrySetResult(false));
        return await started.Task;
    }

    private static Task MigrateAsync(IdentityDatabase database, CancellationToken cancellationToken) =>
        DatabaseMigration.ApplyAsync(database, IdentityDatabase.Schema, cancellationToken);

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (!environment.IsDevelopment())
        {
            if (!_isFit)
                await RefuseUnlessFitAsync(cancellationToken);
            await SettleClientsAsync(cancellationToken);
            return;
        }
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        if (settings.Database.Migrate)
            await MigrateAsync(services.GetRequiredService<IdentityDatabase>(), cancellationToken);
        await DemoAccounts.SeedAsync(
            services.GetRequiredService<IdentityDatabase>(),
            services.GetRequiredService<IPasswordHasher<Account>>(),
            services.GetRequiredService<IOpenIddictApplicationManager>(),
            cancellationToken
        );
        await SettleClientsAsync(cancellationToken);
    }

    private async Task SettleClientsAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await Clients.SettleAsync(
            scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>(),
            settings.Auth.Clients,
            cancellationToken
        );
    }
}
