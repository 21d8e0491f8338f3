using Platform.Data;
using Platform.Telemetry;

namespace Host.Identity;

/// <summary>
/// Asks the identity database what many requests want to know and can do without. It gets a moment to answer; when it
/// does not, nobody asks it for a while, so that an outage costs neither time nor a line of the log for each of them.
/// </summary>
internal sealed class IdentityReach(
    IServiceScopeFactory scopes,
    IdentityPreparation identity,
    TimeProvider clock,
    IncidentLog incidents
)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private long _awayUntil;

    /// <summary>Whether it did not answer just now.</summary>
    public bool IsAway => clock.GetUtcNow().UtcTicks < Volatile.Read(ref _awayUntil);

    /// <summary>What the database answers.</summary>
    /// <exception cref="IdentityAwayException">Nothing, within two seconds, or it is not prepared yet.</exception>
    public async Task<T> AskAsync<T>(
        Func<IdentityDatabase, CancellationToken, Task<T>> question,
        CancellationToken cancellationToken
    )
    {
        if (IsAway || !identity.Ready.IsCompletedSuccessfully)
            throw new IdentityAwayException(inner: null);
        var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            // On a thread of its own: SQLite waits where it is called, and a driver may not heed being given up.
            return await Task.Run(() => AnswerAsync(question, giveUp.Token), CancellationToken.None)
                .WaitAsync(Patience, clock, cancellationToken);
        }
        catch (TimeoutException late)
        {
            // Nobody waits for this: a driver tells a server that hangs, and waits for it to listen.
            _ = giveUp.CancelAsync();
            throw Away("Identity's database does not answer within two seconds", late);
        }
        catch (Exception failure) when (DatabaseFailure.IsUnreachable(failure))
        {
            var root = failure.GetBaseException();
            throw Away($"Identity's database is away ({root.GetType().Name}: {root.Message})", failure);
        }
    }

    private IdentityAwayException Away(string cause, Exception failure)
    {
        Volatile.Write(ref _awayUntil, (clock.GetUtcNow() + Rest).UtcTicks);
        incidents.Tell("Who asks for accounts and sessions", cause);
        return new IdentityAwayException(failure);
    }

    private async Task<T> AnswerAsync<T>(
        Func<IdentityDatabase, CancellationToken, Task<T>> question,
        CancellationToken cancellationToken
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        return await question(
            scope.ServiceProvider.GetRequiredService<IdentityDatabase>(),
            cancellationToken
        );
    }
}

/// <summary>The identity database does not answer.</summary>
internal sealed class IdentityAwayException(Exception? inner)
    : Exception("The identity database does not answer.", inner);
