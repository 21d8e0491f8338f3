namespace Platform.Streams;

/// <summary>
/// The newest events of a stream that this process has committed itself, at hand for who follows it here. What other
/// replicas commit is not among them, and what is no longer among them is in the outbox: this spares a reading of it,
/// and is never a reason not to read it.
/// </summary>
internal sealed class StreamTail
{
    private const int Capacity = 512;

    private readonly StreamEvent?[] _slots = new StreamEvent?[Capacity];
    private long _newest;

    public void Add(StreamEvent committed)
    {
        Volatile.Write(ref SlotOf(committed.Position), committed);
        InterlockedMax(ref _newest, committed.Position);
    }

    /// <summary>The newest position at hand, or that was; 0 before the first.</summary>
    public long Newest => Interlocked.Read(ref _newest);

    /// <summary>Forgets everything: the stream was put back, and what is at hand is no longer in it.</summary>
    public void Forget()
    {
        Array.Clear(_slots);
        Interlocked.Exchange(ref _newest, 0);
    }

    /// <summary>
    /// What is at hand behind <paramref name="position"/>, in order, possibly with gaps. Nothing when the first event
    /// behind it is not: one that follows says nothing about what others committed before it.
    /// </summary>
    public IReadOnlyList<StreamEvent> After(long position, int limit)
    {
        var newest = Newest;
        if (newest - position > Capacity || Find(position + 1) is not { } first)
            return [];
        var events = new List<StreamEvent> { first };
        for (var next = position + 2; next <= newest && events.Count < limit; next++)
        {
            if (Find(next) is { } found)
                events.Add(found);
        }
        return events;
    }

    private StreamEvent? Find(long position) =>
        Volatile.Read(ref SlotOf(position)) is { } found && found.Position == position ? found : null;

    private ref StreamEvent? SlotOf(long position) => ref _slots[position % Capacity];

    private static void InterlockedMax(ref long newest, long position)
    {
        long seen;
        while ((seen = Interlocked.Read(ref newest)) < position)
            Interlocked.CompareExchange(ref newest, position, seen);
    }
}
