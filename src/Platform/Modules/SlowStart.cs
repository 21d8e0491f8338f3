namespace Platform.Modules;

/// <summary>
/// Gives a home that has just been switched to its calls little by little: at first one at a time, and with each that it
/// answers one more. What a process does for the first time takes it long; so few wait for that, while the former home,
/// which may write until the move is settled, answers the others.
/// </summary>
internal sealed class SlowStart(TimeProvider clock)
{
    /// <summary>So many at a time are as good as all.</summary>
    private const int Enough = 32;

    /// <summary>Where hardly anybody calls, it is over by then.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private long? _since;
    private int _atATime;
    private int _underWay;

    /// <summary>Whether all calls are passed on.</summary>
    public bool IsOver
    {
        get
        {
            lock (_lock)
                return HasEnded();
        }
    }

    /// <summary>The module is at home elsewhere from now on.</summary>
    public void Begin()
    {
        lock (_lock)
            (_since, _atATime, _underWay) = (clock.GetTimestamp(), 1, 0);
    }

    /// <summary>There is nobody here any more who could answer instead.</summary>
    public void End()
    {
        lock (_lock)
            _since = null;
    }

    /// <summary>Whether the next call is passed on. Then <see cref="Answered"/> says when it has been.</summary>
    public bool TryPass()
    {
        lock (_lock)
        {
            if (HasEnded())
                return true;
            if (_underWay >= _atATime)
                return false;
            _underWay++;
            return true;
        }
    }

    /// <summary>A call that was passed on has been answered.</summary>
    public void Answered()
    {
        lock (_lock)
        {
            if (_since is null)
                return;
            _underWay = Math.Max(0, _underWay - 1);
            _atATime++;
        }
    }

    private bool HasEnded()
    {
        if (_since is { } since && (_atATime >= Enough || clock.GetElapsedTime(since) >= Longest))
            _since = null;
        return _since is null;
    }
}
