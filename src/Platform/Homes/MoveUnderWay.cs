namespace Platform.Homes;

/// <summary>A move that a command drives.</summary>
/// <param name="First">The database whose row says how far it has come: the web app's.</param>
/// <param name="Second">The other home's own.</param>
/// <param name="Driver">Says that the command is alive.</param>
/// <param name="Tell">Is told of every step.</param>
internal sealed record MoveUnderWay(
    MoveSide First,
    MoveSide Second,
    MoveDriver Driver,
    IProgress<MoveProgress> Tell
)
{
    public MoveSide OtherThan(MoveSide side) => side == First ? Second : First;

    /// <summary>Where the module is at home, and how far the move has come.</summary>
    public async Task<Home> HomeAsync(CancellationToken cancellationToken)
    {
        var home = await First.Rows.ReadAsync(cancellationToken);
        return home is { TakesData: true }
            ? home
            : throw new MoveRefusedException(
                $"{First.Context.Schema}: no move has been begun that takes the data along."
            );
    }

    /// <summary>Where it is at home once no move is under way that could be undone.</summary>
    /// <exception cref="MoveRefusedException">One is.</exception>
    public async Task<Home> SettledAsync(CancellationToken cancellationToken) =>
        await HomeAsync(cancellationToken) is { State: HomeState.Settled, FormerName: null } home
            ? home
            : throw new MoveRefusedException(
                $"{First.Context.Schema}: its move is not finished; see its status."
            );

    /// <summary>
    /// The side that the module has left for good when nobody holds the data, or the switch has not been settled; null
    /// when it is at home at one of them.
    /// </summary>
    public async Task<MoveSide?> LeftAsync(Home home, CancellationToken cancellationToken)
    {
        if (await Second.Rows.ReadAsync(cancellationToken) is not { } there)
            return null;
        if (!home.HoldsData && !there.HoldsData)
            return home.Epoch > there.Epoch ? First : Second;
        if (home.State is HomeState.Switching || there.State is HomeState.Switching)
            return home.HoldsData ? Second : First;
        return null;
    }

    /// <summary>Tells whoever watches, and has the driver tell operators.</summary>
    public void Say(
        string step,
        string? table = null,
        long done = 0,
        long inAll = 0,
        long left = 0,
        IReadOnlyList<TableComparison>? comparison = null
    )
    {
        var progress = new MoveProgress(
            step,
            table,
            done,
            inAll,
            left,
            comparison ?? Driver.Progress.Comparison
        );
        Driver.Progress = progress;
        Tell.Report(progress);
    }
}
