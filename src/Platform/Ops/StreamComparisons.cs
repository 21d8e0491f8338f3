using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Brokers;
using Platform.Data;
using Platform.Domain;
using Platform.Homes;
using Platform.Streams;

namespace Platform.Ops;

/// <summary>
/// Shows what a module has handled of a stream beside what the stream is now, and carries out how an operator decides
/// to go on when the two are not the same.
/// </summary>
internal sealed class StreamComparisons(
    StreamSources sources,
    IServiceScopeFactory scopes,
    TimeProvider clock,
    ILogger<StreamComparisons> logger
)
{
    private static readonly Error Unheard = Error.Unavailable(
        "publisher_not_heard_of",
        "The stream's publisher has not answered yet, so there is nothing to compare with. Try again shortly."
    );

    /// <summary>Both sides as they are now.</summary>
    public async Task<Result<StreamComparisonView>> CompareAsync(
        Subscription subscription,
        CancellationToken cancellationToken
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(scope, subscription);
        var stream = subscription.Definition.Stream;
        var cursor = await context
            .Cursors.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Stream == stream, cancellationToken);
        var handled = cursor?.Place ?? StreamPlace.Beginning;
        if (await PublisherAsync(subscription, handled, cancellationToken) is not { } publisher)
            return Unheard;
        return await ViewAsync(context, subscription, handled, publisher, cancellationToken);
    }

    /// <summary>Goes on as decided, and keeps a record of it in the module's schema.</summary>
    /// <param name="subscription">Whose cursor is moved.</param>
    /// <param name="choice">How to go on.</param>
    /// <param name="from">For <see cref="StreamChoice.HandleAnew"/>: handle what is behind this position; null for where the two part.</param>
    /// <param name="reason">Why, in the operator's words.</param>
    /// <param name="operatorId">Who decides.</param>
    /// <param name="cancellationToken">Gives up before anything is changed.</param>
    public async Task<Result<StreamComparisonView>> DecideAsync(
        Subscription subscription,
        StreamChoice choice,
        long? from,
        string reason,
        Guid operatorId,
        CancellationToken cancellationToken
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(scope, subscription);
        var stream = subscription.Definition.Stream;
        var cursor = await context.Cursors.SingleAsync(row => row.Stream == stream, cancellationToken);
        var handled = cursor.Place;
        if (await PublisherAsync(subscription, handled, cancellationToken) is not { } publisher)
            return Unheard;
        if (publisher.Difference is not { } difference)
            return Error.Conflict(
                "stream_agrees",
                $"'{stream}' is the stream that {subscription.Definition.Module.Name} has followed: there is nothing to decide."
            );
        if (
            from is { } asked
            && (choice == StreamChoice.GoOn || asked < 0 || asked > publisher.Head.Position)
        )
            return Error.Invalid(
                "position_out_of_range",
                $"'from' goes with HandleAnew and is a position from 0 to {publisher.Head.Position}."
            );
        var to =
            choice == StreamChoice.GoOn ? publisher.Head
            : from is { } position ? new StreamPlace(publisher.Head.Stream, position, EventId: null)
            : publisher.Common;
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var removed =
            choice == StreamChoice.GoOn
                ? 0
                : await RemoveLettersAsync(context, subscription, to, cancellationToken);
        cursor.Place = to;
        cursor.Replays++;
        var now = clock.GetUtcNow();
        context.StreamDecisions.Add(
            new StreamDecision
            {
                Id = Guid.CreateVersion7(now),
                Stream = stream,
                Choice = choice,
                DecidedAt = now,
                DecidedBy = operatorId,
                Reason = reason,
                Difference = difference.Length > 500 ? difference[..500] : difference,
                FromStream = handled.Stream,
                FromPosition = handled.Position,
                FromEventId = handled.EventId,
                ToStream = to.Stream,
                ToPosition = to.Position,
                ToEventId = to.EventId,
                LettersRemoved = removed,
            }
        );
        context.Audit.Add(
            AuditEntry.Of(
                now,
                operatorId,
                "decide",
                $"{subscription.Definition.Module.Name} goes on with '{stream}' at {to.Position}: {choice}."
            )
        );
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        logger.LogWarning(
            "{Subscription}: operator {Operator} decided {Choice}, from {From} to {To}; {Removed} dead letters removed",
            subscription.Definition,
            operatorId,
            choice,
            handled.Position,
            to.Position,
            removed
        );
        subscription.StartOver();
        // The publisher's next answer will say so; the last one still speaks of the place before.
        return await ViewAsync(
            context,
            subscription,
            to,
            publisher with
            {
                Difference = null,
            },
            cancellationToken
        );
    }

    private static async Task<StreamComparisonView> ViewAsync(
        ModuleDbContext context,
        Subscription subscription,
        StreamPlace handled,
        PublisherSide publisher,
        CancellationToken cancellationToken
    )
    {
        var stream = subscription.Definition.Stream;
        var decisions = await context
            .StreamDecisions.AsNoTracking()
            .Where(row => row.Stream == stream)
            .OrderByDescending(row => row.Id)
            .ToListAsync(cancellationToken);
        return StreamComparisonView.Of(subscription, handled, publisher, decisions);
    }

    /// <summary>What the publisher says; null while it was not heard of.</summary>
    private async Task<PublisherSide?> PublisherAsync(
        Subscription subscription,
        StreamPlace handled,
        CancellationToken cancellationToken
    )
    {
        if (subscription.Reader is BrokeredReader reader)
            return SideIn(reader, handled);
        var source = sources.Find(subscription.Definition.Stream)!;
        var standing = await source.StandingAsync(handled.Position, cancellationToken);
        var difference = await source.DifferenceFromAsync(handled, standing, cancellationToken);
        return new PublisherSide(
            difference,
            await source.PlaceAsync(long.MaxValue, null, cancellationToken),
            difference is null
                ? handled
                : await source.PlaceAsync(handled.Position - 1, handled.SaidAt, cancellationToken)
        );
    }

    /// <summary>
    /// While both agree, the follower goes on between two answers. What an answer says of a difference holds for the place
    /// alone that it was asked about.
    /// </summary>
    private static PublisherSide? SideIn(BrokeredReader reader, StreamPlace handled)
    {
        if (reader.Last is not ({ Stream: { } identity } answer, var place))
            return null;
        var holds = answer.Difference is null
            ? reader.IsAgreed
            : answer.Reported == handled.Position && place.EventId == handled.EventId;
        return holds
            ? new PublisherSide(
                answer.Difference,
                new StreamPlace(identity, answer.Head, answer.HeadId),
                new StreamPlace(identity, answer.Common, answer.CommonId)
            )
            : null;
    }

    /// <summary>What is handled anew is parked anew where it fails again.</summary>
    private async Task<int> RemoveLettersAsync(
        ModuleDbContext context,
        Subscription subscription,
        StreamPlace to,
        CancellationToken cancellationToken
    )
    {
        var stream = subscription.Definition.Stream;
        var letters = await context
            .DeadLetters.Where(row => row.Stream == stream && row.Position > to.Position)
            .ToListAsync(cancellationToken);
        foreach (var letter in letters)
        {
            logger.LogWarning(
                "{Subscription}: dead letter {Id}, {Type} at {Position} with event {EventId}, is removed",
                subscription.Definition,
                letter.Id,
                letter.Type,
                letter.Position,
                letter.EventId
            );
        }
        context.DeadLetters.RemoveRange(letters);
        return letters.Count;
    }

    private static ModuleDbContext Context(AsyncServiceScope scope, Subscription subscription) =>
        (ModuleDbContext)
            scope.ServiceProvider.GetRequiredService(subscription.Definition.Module.DatabaseContext!);
}

/// <summary>What a stream's publisher says of it.</summary>
/// <param name="Difference">In what it differs from what was handled; null when it does not.</param>
/// <param name="Head">The place of its newest event.</param>
/// <param name="Common">The newest place up to which both seem to be the same, told by when events were said.</param>
internal sealed record PublisherSide(string? Difference, StreamPlace Head, StreamPlace Common);
