namespace Platform.Brokers;

/// <summary>
/// Tells two processes that run one module from one that took another's place: who has been replaced does not come
/// back, while two who both are there report in turns.
/// </summary>
internal sealed class Reporters
{
    private readonly Dictionary<string, (Guid Current, Guid Replaced)> _sessions = new(
        StringComparer.Ordinal
    );

    /// <summary>Notes who reported. True when it is one that had been replaced already.</summary>
    public bool IsSecond(FollowerReport report)
    {
        var (current, replaced) = _sessions.GetValueOrDefault(report.Follower);
        if (report.Session == current)
            return false;
        _sessions[report.Follower] = (report.Session, current);
        return report.Session == replaced;
    }

    public void Forget() => _sessions.Clear();
}
