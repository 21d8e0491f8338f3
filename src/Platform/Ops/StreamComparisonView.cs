using Platform.Streams;

namespace Platform.Ops;

/// <summary>What a module has handled of a stream beside what the stream is now.</summary>
/// <param name="Module">Who follows it.</param>
/// <param name="Stream">What is followed.</param>
/// <param name="Difference">In what the two differ; null when they do not, and nothing is to be decided.</param>
/// <param name="Handled">The event that the module has handled last.</param>
/// <param name="Head">The newest event of the stream.</param>
/// <param name="Common">The newest event up to which both seem to be the same, told by when events were said.</param>
/// <param name="OnlyHandled">How many positions the module has handled behind that, of which the stream knows nothing.</param>
/// <param name="OnlyPublished">How many positions the stream has behind that, of which the module knows nothing.</param>
/// <param name="Decisions">What was decided before, newest first.</param>
internal sealed record StreamComparisonView(
    string Module,
    string Stream,
    string? Difference,
    StreamPlaceView Handled,
    StreamPlaceView Head,
    StreamPlaceView Common,
    long OnlyHandled,
    long OnlyPublished,
    IReadOnlyList<StreamDecisionView> Decisions
)
{
    public static StreamComparisonView Of(
        Subscription subscription,
        StreamPlace handled,
        PublisherSide publisher,
        IEnumerable<StreamDecision> decisions
    )
    {
        var common = publisher.Difference is null ? handled : publisher.Common;
        return new StreamComparisonView(
            subscription.Definition.Module.Name,
            subscription.Definition.Stream,
            publisher.Difference,
            StreamPlaceView.Of(handled),
            StreamPlaceView.Of(publisher.Head),
            StreamPlaceView.Of(common),
            Math.Max(0, handled.Position - common.Position),
            Math.Max(0, publisher.Head.Position - common.Position),
            [.. decisions.Select(StreamDecisionView.Of)]
        );
    }
}

/// <summary>An event's place in a stream.</summary>
/// <param name="Identity">Which stream; null when it was never heard of.</param>
/// <param name="Position">The event's position.</param>
/// <param name="EventId">Its id; null where it is not known.</param>
/// <param name="SaidAt">When it was said, which its id tells; null where it is not known.</param>
internal sealed record StreamPlaceView(Guid? Identity, long Position, Guid? EventId, DateTimeOffset? SaidAt)
{
    public static StreamPlaceView Of(StreamPlace place) =>
        new(place.Stream, place.Position, place.EventId, place.SaidAt);
}

/// <summary>What an operator decided when a stream was not the one that had been followed.</summary>
internal sealed record StreamDecisionView(
    StreamChoice Choice,
    DateTimeOffset DecidedAt,
    Guid DecidedBy,
    string Reason,
    string Difference,
    long FromPosition,
    long ToPosition,
    int LettersRemoved
)
{
    public static StreamDecisionView Of(StreamDecision decision) =>
        new(
            decision.Choice,
            decision.DecidedAt,
            decision.DecidedBy,
            decision.Reason,
            decision.Difference,
            decision.FromPosition,
            decision.ToPosition,
            decision.LettersRemoved
        );
}
