using Microsoft.EntityFrameworkCore;
using Platform.Data;

namespace Host.Identity;

/// <summary>How often somebody tried to be whoever has a name, since the right password was last given.</summary>
internal sealed class PasswordAttempt
{
    /// <summary>A hash of the name. Nobody need have that name: strangers' ones are counted alike.</summary>
    public required string Name { get; init; }

    public required int Attempts { get; set; }

    /// <summary>When they are forgotten, in seconds from the Unix epoch.</summary>
    public required long CountsUntil { get; set; }
}

/// <summary>
/// Counts attempts at passwords, over all replicas and before a password is looked at: of any number of guesses at
/// once, no more are verified than one after the other.
/// </summary>
internal sealed class PasswordAttempts(IdentityDatabase database, TimeProvider clock)
{
    public const int Most = 5;

    /// <summary>How long after the last attempt they are forgotten, and so how long a name is locked.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);

    /// <summary>Counts one more attempt; false when the name has had its number.</summary>
    public async Task<bool> TakeAsync(string name, CancellationToken cancellationToken) =>
        await CountAsync(name, cancellationToken)
        || await TryBeginAsync(name, cancellationToken)
        || await CountAsync(name, cancellationToken);

    /// <summary>Whoever knows the password need not answer for those who did not.</summary>
    public Task ForgetAsync(string name, CancellationToken cancellationToken) =>
        database.PasswordAttempts.Where(one => one.Name == name).ExecuteDeleteAsync(cancellationToken);

    /// <summary>Forgets what no longer counts.</summary>
    public Task PruneAsync(CancellationToken cancellationToken)
    {
        var now = Now;
        return database
            .PasswordAttempts.Where(one => one.CountsUntil <= now)
            .OrderBy(one => one.CountsUntil)
            .RemoveAsync(cancellationToken);
    }

    private long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    private async Task<bool> CountAsync(string name, CancellationToken cancellationToken)
    {
        var now = Now;
        var until = now + (long)Remembered.TotalSeconds;
        return await database
                .PasswordAttempts.Where(one =>
                    one.Name == name && (one.Attempts < Most || one.CountsUntil <= now)
                )
                .ExecuteUpdateAsync(
                    set =>
                        set.SetProperty(
                                one => one.Attempts,
                                one => one.CountsUntil <= now ? 1 : one.Attempts + 1
                            )
                            .SetProperty(one => one.CountsUntil, until),
                    cancellationToken
                ) > 0;
    }

    private async Task<bool> TryBeginAsync(string name, CancellationToken cancellationToken)
    {
        if (await database.PasswordAttempts.AnyAsync(one => one.Name == name, cancellationToken))
            return false;
        var first = database.PasswordAttempts.Add(
            new PasswordAttempt
            {
                Name = name,
                Attempts = 1,
                CountsUntil = Now + (long)Remembered.TotalSeconds,
            }
        );
        try
        {
            await database.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException raced) when (DatabaseFailure.IsDuplicate(raced))
        {
            return false;
        }
        finally
        {
            first.State = EntityState.Detached;
        }
    }
}
