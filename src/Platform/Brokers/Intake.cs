using Platform.Streams;

namespace Platform.Brokers;

/// <summary>
/// What has arrived of a stream and is not handled yet: an unbroken run of events behind the cursor. Whatever would
/// break the run is let go and noted as a loss, since a replay brings all of it again; what is not of this stream is
/// refused.
/// </summary>
/// <param name="place">Where the cursor is.</param>
/// <param name="session">The conversation that answers are meant for.</param>
internal sealed class Intake(StreamPlace place, Guid session = default)
{
    private readonly LinkedList<(BrokerDelivery Delivery, StreamEvent? Event)> _held = [];
    private string? _differenceSeen;

    /// <summary>The end of the unbroken run.</summary>
    public StreamPlace Tail { get; private set; } = place;

    /// <summary>The newest position that the publisher is known to have said; null before it was heard of.</summary>
    public long? Head { get; private set; }

    /// <summary>The publisher's last answer in this conversation; null before the first.</summary>
    public StreamHead? Answer { get; private set; }

    /// <summary>In what the stream is not the one that was handled; null when nothing shows that.</summary>
    public string? Difference => _differenceSeen ?? Answer?.Difference;

    /// <summary>The newest position that is known to be missing, behind the tail; null when nothing is.</summary>
    public long? MissingUpTo { get; private set; }

    /// <summary>Why the last message that was refused was; null when none was.</summary>
    public string? Refusal { get; private set; }

    public StreamEvent? Oldest => _held.FirstOrDefault(held => held.Event is not null).Event;

    /// <summary>Takes a message in.</summary>
    /// <returns>False when it is not of this stream and was refused.</returns>
    public bool Accept(BrokerDelivery delivery)
    {
        var kept = StreamMessages.ReadEvent(delivery.Message) switch
        {
            { } happened => Belongs(happened.Previous.Stream) ? Accept(happened) : Refused,
            null when StreamMessages.ReadHead(delivery.Message) is { } head => Hear(head) ? Nothing : Refused,
            null => Nothing,
        };
        _held.AddLast((delivery, kept.Event));
        return kept.IsOurs;
    }

    /// <summary>What comes behind <paramref name="position"/>, in order.</summary>
    public IReadOnlyList<StreamEvent> Read(long position, int limit) =>
        [
            .. _held
                .Select(held => held.Event)
                .OfType<StreamEvent>()
                .Where(happened => happened.Position > position)
                .Take(limit),
        ];

    /// <summary>Lets go of all that needs no handling any more once the cursor is at <paramref name="position"/>.</summary>
    /// <returns>The last delivery that may be acknowledged, with all before it; null when there is none.</returns>
    public BrokerDelivery? Pass(long position)
    {
        BrokerDelivery? last = null;
        while (_held.First is { } first && !(first.Value.Event?.Position > position))
        {
            last = first.Value.Delivery;
            _held.RemoveFirst();
        }
        return last;
    }

    private static (bool IsOurs, StreamEvent? Event) Refused => (false, null);

    private static (bool IsOurs, StreamEvent? Event) Nothing => (true, null);

    private (bool IsOurs, StreamEvent? Event) Accept(SequencedEvent arrived)
    {
        var (happened, previous) = arrived;
        Head = Math.Max(Head ?? 0, happened.Position);
        if (happened.Position <= Tail.Position)
        {
            if (happened.Position == Tail.Position && IsAnother(happened.EventId, Tail.EventId))
                Differ(happened.Position, happened.EventId);
            return Nothing;
        }
        if (previous.Position > Tail.Position)
        {
            Miss(previous.Position);
            return Nothing;
        }
        // Between what was handled and this the stream knows of nothing, so what was handled is not in it.
        if (previous.Stream is not null && previous.Position < Tail.Position)
            _differenceSeen ??= $"it has no event at {Tail.Position}, but one was handled there";
        else if (previous.Position == Tail.Position && IsAnother(previous.EventId, Tail.EventId))
            Differ(previous.Position, previous.EventId);
        if (_differenceSeen is not null)
            return Nothing;
        Tail = (Tail with { Stream = previous.Stream ?? Tail.Stream }).At(happened);
        if (MissingUpTo <= Tail.Position)
            MissingUpTo = null;
        return (true, happened);
    }

    private bool Hear(StreamHead head)
    {
        var answersUs = head.Session is null || head.Session == session;
        if (Tail.Stream is { } followed && head.Stream is { } speaking && followed != speaking)
        {
            if (answersUs)
                Answer = head with { Difference = head.Difference ?? AnotherStream(speaking, followed) };
            else
                Refuse(AnotherStream(speaking, followed));
            return answersUs;
        }
        if (!Belongs(head.Stream))
            return false;
        Head = head.Head;
        if (answersUs)
            Answer = head.Head < head.Reported && head.Difference is null ? Rewound(head) : head;
        if (Answer is not { Difference: null })
            return true;
        if (answersUs && head.Stream is not null && _differenceSeen is not null)
        {
            // The publisher knows the cursor's place: the id there was left by a build that knew of none.
            _differenceSeen = null;
            Tail = Tail with { EventId = null };
        }
        Tail = Tail with { Stream = Tail.Stream ?? head.Stream };
        if (head.Relayed > Tail.Position)
            Miss(head.Relayed);
        else if (answersUs && !head.IsReplaying)
            MissingUpTo = null;
        return true;
    }

    private bool Belongs(Guid? stream)
    {
        if (Tail.Stream is not { } followed || stream == followed)
            return true;
        Refuse(
            stream is { } other
                ? AnotherStream(other, followed)
                : "it does not say which stream it is of: its publisher's build is older than this one, or it was made by hand"
        );
        return false;
    }

    private static StreamHead Rewound(StreamHead head) =>
        head with
        {
            Difference = $"it ends at {head.Head}, but {head.Reported} was handled before",
        };

    private static string AnotherStream(Guid other, Guid followed) =>
        $"it is another stream of that name ({other}, where {followed} is followed); do two deployments use this broker "
        + "under one Broker:Prefix?";

    private static bool IsAnother(Guid? one, Guid? other) =>
        one is { } first && other is { } second && first != second;

    private void Differ(long position, Guid? there) =>
        _differenceSeen ??= $"at {position} it has the event {there}, but {Tail.EventId} was handled there";

    private void Refuse(string reason) => Refusal = reason;

    private void Miss(long upTo) => MissingUpTo = Math.Max(MissingUpTo ?? 0, upTo);
}
