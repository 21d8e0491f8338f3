namespace Platform.Modules;

/// <summary>Whether a module takes part right now.</summary>
public enum ModuleState
{
    /// <summary>Its database is not ready yet: it is being migrated, or cannot be reached.</summary>
    Starting,

    /// <summary>It answers and handles events.</summary>
    Running,

    /// <summary>An operator has stopped it: its endpoints answer 503 and its subscriptions stand still.</summary>
    Paused,

    /// <summary>It runs in another process: one that cannot be asked, or where it is at home.</summary>
    Unknown,
}

/// <summary>
/// Opens and closes one module for requests, events and sweeps. Everything that a module does passes its gate,
/// and nothing of any other module does.
/// </summary>
/// <param name="changed">Called after it opened, closed or told why it does not.</param>
internal sealed class ModuleGate(Action? changed = null) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenSource _stay = new();
    private bool _ready;
    private bool _paused;
    private bool _away;
    private TaskCompletionSource? _held;
    private int _underWay;
    private int _passedOn;

    public ModuleState State
    {
        get
        {
            lock (_lock)
            {
                if (_away)
                    return ModuleState.Unknown;
                if (_paused)
                    return ModuleState.Paused;
                return _ready ? ModuleState.Running : ModuleState.Starting;
            }
        }
    }

    /// <summary>Why the module is not ready, for operators; null when it is.</summary>
    public string? StartError { get; private set; }

    /// <summary>Completes once it is known whether the module's database can be made ready.</summary>
    public Task FirstTry => _tried.Task;

    public bool IsOpen => State == ModuleState.Running;

    /// <summary>Whether the module is at home in another process.</summary>
    public bool IsAway => Volatile.Read(ref _away);

    /// <summary>How long calls were held in the move that is under way, or in the last one.</summary>
    public HeldCalls Held { get; } = new();

    /// <summary>How a home that the module has just gone over to is given its calls.</summary>
    public SlowStart SlowStart { get; } = new(TimeProvider.System);

    /// <summary>Whether the module's database has been made ready, wherever the module is at home.</summary>
    public bool IsReady => Volatile.Read(ref _ready);

    /// <summary>How much of the module is under way here: calls, events, sweeps.</summary>
    public int UnderWay => Volatile.Read(ref _underWay);

    /// <summary>How many of the module's calls this process has passed on to where it is at home, and not answered yet.</summary>
    public int PassedOn => Volatile.Read(ref _passedOn);

    /// <summary>Cancelled when the module goes to another home: what would last, such as a live stream, ends.</summary>
    public CancellationToken Leaving
    {
        get
        {
            lock (_lock)
                return _stay.Token;
        }
    }

    /// <summary>Begins something of the module; null when the gate is closed.</summary>
    public Passing? TryEnter()
    {
        var passing = Enter();
        if (IsOpen)
            return passing;
        passing.Dispose();
        return null;
    }

    /// <summary>Begins something of the module, whether or not the gate is open.</summary>
    public Passing Enter()
    {
        Interlocked.Increment(ref _underWay);
        return new Passing(this);
    }

    /// <summary>Begins to pass a call on.</summary>
    public Passing PassOn()
    {
        Interlocked.Increment(ref _passedOn);
        return new Passing(this, isPassedOn: true);
    }

    public void MarkReady()
    {
        Change(() => (_ready, StartError) = (true, null));
        _tried.TrySetResult();
    }

    public void MarkNotReady(string error)
    {
        Change(() => StartError = error);
        _tried.TrySetResult();
    }

    /// <summary>Closes it until the database has been made ready again.</summary>
    public void Close(string error) => Change(() => (_ready, StartError) = (false, error));

    /// <summary>Lets the module run here, or sends it to its home elsewhere.</summary>
    /// <param name="isHere">Whether it may run here.</param>
    /// <param name="isPaused">Whether an operator has stopped it.</param>
    /// <param name="isHeld">Whether it runs nowhere for a moment, and its calls are to wait.</param>
    public void Stay(bool isHere, bool isPaused, bool isHeld = false)
    {
        CancellationTokenSource? left = null;
        TaskCompletionSource? letGo = null;
        Change(() =>
        {
            if (isHeld)
                _held ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            else
                (letGo, _held) = (_held, null);
            if (!isHere && !_away)
                left = _stay;
            else if (isHere && _away)
                _stay = new();
            (_away, _paused) = (!isHere, isPaused);
        });
        left?.Cancel();
        letGo?.TrySetResult();
    }

    /// <summary>Returns at once unless the module's calls are to wait, else when they need not any more.</summary>
    public Task WaitUntilLetGoAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
            return _held?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask;
    }

    /// <summary>Whether the module runs nowhere for a moment, and its calls are to wait.</summary>
    public bool IsHeld
    {
        get
        {
            lock (_lock)
                return _held is not null;
        }
    }

    public void Dispose() => _stay.Dispose();

    /// <summary>Returns at once when the gate is open, else when it opens.</summary>
    public Task WaitUntilOpenAsync(CancellationToken cancellationToken)
    {
        Task opened;
        lock (_lock)
        {
            if (IsWide)
                return Task.CompletedTask;
            opened = _opened.Task;
        }
        return opened.WaitAsync(cancellationToken);
    }

    private bool IsWide => _ready && !_paused && !_away;

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
            if (IsWide)
                _opened.TrySetResult();
            else if (_opened.Task.IsCompleted)
                _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        changed?.Invoke();
    }

    /// <summary>Something of the module that is under way.</summary>
    internal readonly struct Passing(ModuleGate gate, bool isPassedOn = false) : IDisposable
    {
        public void Dispose()
        {
            Interlocked.Decrement(ref isPassedOn ? ref gate._passedOn : ref gate._underWay);
            if (isPassedOn)
                gate.SlowStart.Answered();
        }
    }
}
