namespace Simulator.Calls;

/// <summary>Where the deployment's replicas are, taken in turn; one that did not answer is passed over for a moment.</summary>
internal sealed class Addresses(TimeProvider clock)
{
    private static readonly TimeSpan PassedOver = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private readonly List<(Uri Address, DateTimeOffset DownUntil)> _all = [];
    private int _next;

    /// <summary>Puts a replica in place <paramref name="index"/>, where another may have been before.</summary>
    public void Set(int index, Uri address)
    {
        lock (_lock)
        {
            if (index == _all.Count)
                _all.Add((address, default));
            else
                _all[index] = (address, default);
        }
    }

    /// <summary>The next that is not known to be down; if all are, the next.</summary>
    public Uri Next()
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            for (var tried = 0; tried < _all.Count; tried++)
            {
                _next = (_next + 1) % _all.Count;
                if (_all[_next].DownUntil <= now)
                    break;
            }
            return _all[_next].Address;
        }
    }

    public void IsDown(Uri address)
    {
        lock (_lock)
        {
            var index = _all.FindIndex(one => one.Address == address);
            if (index >= 0)
                _all[index] = (address, clock.GetUtcNow() + PassedOver);
        }
    }
}
