using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Data;
using Platform.Domain;
using Platform.Streams;

namespace Platform.Commands;

/// <summary>
/// Sends commands and queries to their handlers. Each gets a scope, and so a database context, of its own,
/// except within a batch of events, whose commands share the batch's.
/// </summary>
/// <param name="scopes">Opens a scope per command.</param>
public sealed class Sender(IServiceScopeFactory scopes)
{
    private const int MostAttempts = 10;

    private static readonly Error ChangedMeanwhile = Error.Conflict(
        "changed_meanwhile",
        "Somebody else changed this at the same moment: look at it again and decide."
    );

    /// <summary>Sends a command. A lost race is a refusal with the code <c>changed_meanwhile</c>.</summary>
    public Task<Result<T>> SendAsync<T>(ICommand<T> command, CancellationToken cancellationToken) =>
        Batch.Current is { } batch
            ? batch.Services.GetRequiredService<IMediator>().Send(command, cancellationToken)
            : SendAloneAsync(command, cancellationToken);

    /// <summary>Sends a query.</summary>
    public Task<Result<T>> SendAsync<T>(IQuery<T> query, CancellationToken cancellationToken) =>
        Batch.Current is { } batch
            ? batch.Services.GetRequiredService<IMediator>().Send(query, cancellationToken)
            : SendOnceAsync(query, isFirst: true, cancellationToken);

    /// <summary>Sends the command that an event became. What cannot be applied is retried, then parked.</summary>
    /// <exception cref="EventRefusedException">The command was refused.</exception>
    public async Task ApplyAsync<T>(ICommand<T> command, CancellationToken cancellationToken)
    {
        var result = await SendAsync(command, cancellationToken);
        if (!result.IsDone)
            throw new EventRefusedException(result.Error);
    }

    private async Task<Result<T>> SendAloneAsync<T>(ICommand<T> command, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await SendOnceAsync(command, isFirst: attempt == 1, cancellationToken);
            }
            catch (Exception lost)
                when (DatabaseFailure.IsLostRace(lost)
                    || DatabaseFailure.IsRefusedSave(lost) && DatabaseFailure.IsDuplicate(lost)
                )
            {
                var mayRepeat =
                    command is IIdempotentCommand or IRetryOnConflict || DatabaseFailure.IsVictim(lost);
                if (!mayRepeat || attempt == MostAttempts)
                    return ChangedMeanwhile;
                await Task.Delay(Jitter(attempt), cancellationToken);
            }
        }
    }

    /// <summary>Losers of one race that all came back at once would race again.</summary>
    private static TimeSpan Jitter(int attempt) =>
        TimeSpan.FromMilliseconds(Random.Shared.Next(1, 4 * attempt));

    private async Task<Result<T>> SendOnceAsync<T>(
        IRequest<Result<T>> request,
        bool isFirst,
        CancellationToken cancellationToken
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Attempt>().IsFirst = isFirst;
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(request, cancellationToken);
    }
}
