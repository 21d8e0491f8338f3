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

    /// <summary>It runs in another process, which cannot be asked.</summary>
    Unknown,
}

/// <summary>
/// Opens and closes one module for requests, events and sweeps. Everything that a module does passes its gate,
/// and nothing of any other module does.
/// </summary>
/// <param name="changed">Called after it opened, closed or told why it does not.</param>
internal sealed class ModuleGate(Action? changed = null)
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _tried = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _ready;
    private bool _paused;

    public ModuleState State
    {
        get
        {
            lock (_lock)
            {
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

    public void Pause() => Change(() => _paused = true);

    public void Resume() => Change(() => _paused = false);

    /// <summary>Returns at once when the gate is open, else when it opens.</summary>
    public Task WaitUntilOpenAsync(CancellationToken cancellationToken)
    {
        Task opened;
        lock (_lock)
        {
            if (_ready && !_paused)
                return Task.CompletedTask;
            opened = _opened.Task;
        }
        return opened.WaitAsync(cancellationToken);
    }

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
            if (_ready && !_paused)
                _opened.TrySetResult();
            else if (_opened.Task.IsCompleted)
                _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        changed?.Invoke();
    }
}
