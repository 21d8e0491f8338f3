using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Host.Identity;

/// <summary>Whether tokens can be issued. Tokens that were issued before are verified without the database.</summary>
internal sealed class IdentityHealth(IdentityPreparation identity, IdentityDatabase database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        if (!identity.Ready.IsCompletedSuccessfully)
            return new HealthCheckResult(
                context.Registration.FailureStatus,
                "The database is being prepared."
            );
        try
        {
            await database.Users.AnyAsync(account => account.Id == Guid.Empty, cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return new HealthCheckResult(
                context.Registration.FailureStatus,
                "The database cannot be read.",
                exception
            );
        }
    }
}
