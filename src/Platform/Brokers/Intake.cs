using Platform.Streams;

namespace Platform.Brokers;

/// <summary>
/// What has arrived of a stream and is not handled yet: an unbroken run of events behind the cursor. Whatever would
/// break the run is let go and noted as a loss, since a replay brings all of it again.
/// </summary>
/// <param name="position">The cursor's position.</param>
internal sealed class Intake(long position)
{
    private readonly LinkedList<(BrokerDelivery Delivery, StreamEvent? Event)> _held = [];

    /// <summary>The end of the unbroken run.</summary>
    public long Tail { get; private set; } = position;

    /// <summary>The newest position that the publisher is known to have said; null before it was heard of.</summary>
    public long? Head { get; private set; }

    /// <summary>Whether the publisher's stream ends before what was handled of it.</summary>
    public bool IsRewound { get; private set; }

    /// <summary>The newest position that is known to be missing, behind the tail; null when nothing is.</summary>
    public long? MissingUpTo { get; private set; }

    public StreamEvent? Oldest => _held.FirstOrDefault(held => held.Event is not null).Event;

    public void Accept(BrokerDelivery delivery)
    {
        var happened = StreamMessages.ReadEvent(delivery.Message);
        if (happened is not null)
            Accept(delivery, happened);
        else
        {
            _held.AddLast((delivery, null));
            if (StreamMessages.ReadHead(delivery.Message) is { } head)
            {
                (Head, IsRewound) = (head.Head, head.Head < head.Reported);
                if (head.Relayed > Tail)
                    Miss(head.Relayed);
            }
        }
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

    private void Accept(BrokerDelivery delivery, SequencedEvent happened)
    {
        var sequence = happened.Event.Position;
        Head = Math.Max(Head ?? 0, sequence);
        if (sequence > Tail && happened.Previous <= Tail)
        {
            Tail = sequence;
            if (MissingUpTo <= Tail)
                MissingUpTo = null;
            _held.AddLast((delivery, happened.Event));
            return;
        }
        _held.AddLast((delivery, null));
        if (happened.Previous > Tail)
            Miss(happened.Previous);
    }

    private void Miss(long upTo) => MissingUpTo = Math.Max(MissingUpTo ?? 0, upTo);
}
