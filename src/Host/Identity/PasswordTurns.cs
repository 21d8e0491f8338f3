namespace Host.Identity;

/// <summary>
/// Has attempts at one name come one after the other in this process, so that people who give the right password from
/// several places at once are not counted as if they guessed.
/// </summary>
internal sealed class PasswordTurns
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue> _queues = new(StringComparer.Ordinal);

    /// <summary>Waits for the turn; the next is let go on when what this returns is disposed.</summary>
    public async Task<IDisposable> WaitAsync(string name, CancellationToken cancellationToken)
    {
        Queue? queue;
        lock (_lock)
        {
            if (!_queues.TryGetValue(name, out queue))
                _queues[name] = queue = new Queue(this, name);
            queue.Waiting++;
        }
        try
        {
            await queue.Turn.WaitAsync(cancellationToken);
            return queue;
        }
        catch
        {
            Leave(queue);
            throw;
        }
    }

    /// <summary>What nobody waits in any more is forgotten.</summary>
    private void Leave(Queue queue)
    {
        lock (_lock)
        {
            if (--queue.Waiting > 0)
                return;
            _queues.Remove(queue.Name);
        }
        queue.Turn.Dispose();
    }

    private sealed class Queue(PasswordTurns turns, string name) : IDisposable
    {
        public string Name { get; } = name;

        public SemaphoreSlim Turn { get; } = new(1, 1);

        public int Waiting { get; set; }

        public void Dispose()
        {
            Turn.Release();
            turns.Leave(this);
        }
    }
}
