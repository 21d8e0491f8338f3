namespace Platform.Modules;

/// <summary>How long a module's calls were held while it was handed over.</summary>
internal sealed class HeldCalls
{
    /// <summary>Those that are told of; more of them say nothing more.</summary>
    private const int Most = 10_000;

    private readonly Lock _lock = new();
    private readonly List<TimeSpan> _held = [];
    private int _count;

    /// <summary>How many have been held.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>How long 99 of 100 of them were held at the most.</summary>
    public TimeSpan For
    {
        get
        {
            lock (_lock)
            {
                if (_held.Count == 0)
                    return TimeSpan.Zero;
                _held.Sort();
                return _held[(_held.Count * 99 - 1) / 100];
            }
        }
    }

    public void Note(TimeSpan held)
    {
        lock (_lock)
        {
            _count++;
            if (_held.Count < Most)
                _held.Add(held);
        }
    }

    /// <summary>Another move begins.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _count = 0;
            _held.Clear();
        }
    }
}
