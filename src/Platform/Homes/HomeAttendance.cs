namespace Platform.Homes;

/// <summary>Who takes part in a move with two databases, as far as either of them tells.</summary>
internal sealed class HomeAttendance(MoveUnderWay move, TimeProvider clock)
{
    /// <summary>Processes look ten times as often while data is on its way.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Attendance _first = new(clock, Patience);
    private readonly Attendance _second = new(clock, Patience);
    private readonly long _since = clock.GetTimestamp();

    /// <summary>What keeps the module from being handed over; null when nothing does.</summary>
    public async Task<string?> TroubleAsync(CancellationToken cancellationToken)
    {
        var home = await move.HomeAsync(cancellationToken);
        var (first, second) = await PresentAsync(home, cancellationToken);
        var next = home.HoldsData ? second : first;
        var now = home.HoldsData ? first : second;
        // Long enough to tell those who beat from those who only did once.
        if (clock.GetElapsedTime(_since) < Patience)
            return "It is looked which processes are there.";
        if (!next.Any(one => one.Name == home.NextName))
            return $"No process of '{home.NextName}' is seen in its database: start it, with this very database.";
        if (!now.Any(one => one.Name == home.Name))
            return $"No process of '{home.Name}' has said yet that it knows of the move.";
        if (first.Concat(second).FirstOrDefault(one => one.Trouble is not null) is { } troubled)
            return troubled.Trouble;
        return first.Concat(second).Any(one => (one.Epoch, one.State) != (home.Epoch, home.State))
            ? "Not every process has said yet that it knows of the move."
            : null;
    }

    /// <summary>Whether everybody who is there at one side knows of a state, and has nothing of the module under way.</summary>
    public async Task<bool> IsQuietAsync(MoveSide side, Home home, CancellationToken cancellationToken)
    {
        var (first, second) = await PresentAsync(home, cancellationToken);
        return (side == move.First ? first : second).All(one =>
            (one.Epoch, one.State) == (home.Epoch, home.State) && one.UnderWay == 0
        );
    }

    /// <summary>Whether a process of the home that the module has gone to knows that it runs it.</summary>
    public async Task<bool> HasArrivedAsync(MoveSide at, Home home, CancellationToken cancellationToken)
    {
        var (first, second) = await PresentAsync(home, cancellationToken);
        return (at == move.First ? first : second).Any(one =>
                one.Name == home.Name && one.Epoch == home.Epoch
            ) && first.Concat(second).All(one => one.Epoch == home.Epoch);
    }

    /// <summary>How many calls were held, and for how long at the most 99 of 100 of them.</summary>
    public async Task<(int Calls, TimeSpan For)> HeldAsync(CancellationToken cancellationToken)
    {
        var all = (await move.First.Rows.PresencesAsync(cancellationToken)).Concat(
            await move.Second.Rows.PresencesAsync(cancellationToken)
        );
        return all.Aggregate(
            (Calls: 0, For: TimeSpan.Zero),
            (sum, one) =>
                (
                    sum.Calls + one.Held,
                    TimeSpan.FromMilliseconds(Math.Max(sum.For.TotalMilliseconds, one.HeldFor))
                )
        );
    }

    private async Task<(IReadOnlyList<Presence> First, IReadOnlyList<Presence> Second)> PresentAsync(
        Home home,
        CancellationToken cancellationToken
    ) =>
        (
            _first.Of(home, await move.First.Rows.PresencesAsync(cancellationToken)),
            _second.Of(home, await move.Second.Rows.PresencesAsync(cancellationToken))
        );
}
