namespace Platform.Homes;

/// <summary>
/// Tells which processes are there by whether their beats change while one looks: nobody's clock is compared with
/// another's, and one that was killed or frozen drops out.
/// </summary>
/// <param name="clock">How long one has looked.</param>
/// <param name="patience">How long a process may be silent.</param>
internal sealed class Attendance(TimeProvider clock, TimeSpan patience)
{
    private readonly Dictionary<Guid, (long Beat, long SeenAt)> _seen = [];
    private (long Epoch, HomeState State) _of;
    private long _since;

    /// <summary>How long the state has lasted that was last asked about.</summary>
    public TimeSpan Lasts => _since == 0 ? TimeSpan.Zero : clock.GetElapsedTime(_since);

    /// <summary>Those who are there. One that has only just been seen counts until it has been silent for long.</summary>
    public IReadOnlyList<Presence> Of(Home home, IReadOnlyList<Presence> presences)
    {
        var now = clock.GetTimestamp();
        if (_since == 0 || _of != (home.Epoch, home.State))
            (_of, _since) = ((home.Epoch, home.State), now);
        var there = new List<Presence>();
        foreach (var one in presences)
        {
            if (!_seen.TryGetValue(one.Id, out var seen) || seen.Beat != one.Beat)
                _seen[one.Id] = seen = (one.Beat, now);
            if (clock.GetElapsedTime(seen.SeenAt, now) < patience)
                there.Add(one);
        }
        return there;
    }

    public void Forget()
    {
        _seen.Clear();
        _since = 0;
    }
}
