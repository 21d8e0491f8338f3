using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Host.Identity;

/// <summary>
/// Whether people can sign in and tokens be issued. Tokens that were issued before are verified without the database,
/// and every replica has the same one: without it a process is degraded, and taking it out of rotation helps nobody.
/// </summary>
internal sealed class IdentityHealth(IdentityPreparation identity, IdentityReach reach) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context,
        CancellationToken cancellationToken = default
    )
    {
        if (!identity.Ready.IsCompletedSuccessfully)
            return HealthCheckResult.Degraded("The database is being prepared.");
        try
        {
            await reach.AskAsync(
                (database, asking) => database.Users.AnyAsync(account => account.Id == Guid.Empty, asking),
                cancellationToken
            );
            return HealthCheckResult.Healthy();
        }
        catch (IdentityAwayException)
        {
            return HealthCheckResult.Degraded("The database does not answer: nobody can sign in.");
        }
    }
}
