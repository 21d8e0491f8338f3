using System.Data.Common;
using Platform.Data;

namespace Platform.Homes;

/// <summary>
/// Says in both databases of a move that a command drives it, and how far it has come, until it is disposed of. Another
/// command takes its place when it has been silent, and no sooner.
/// </summary>
internal sealed class MoveDriver : IAsyncDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(250);

    /// <summary>So many beats have to stay away.</summary>
    private const int Silence = 8;

    private readonly Guid _id = Guid.CreateVersion7();
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly Func<ModuleDbContext> _openFirst;
    private readonly Func<ModuleDbContext> _openSecond;
    private readonly TimeProvider _clock;
    private Task _beating = Task.CompletedTask;
    private (Guid? Driver, long Beat) _known;

    private MoveDriver(
        Func<ModuleDbContext> openFirst,
        Func<ModuleDbContext> openSecond,
        TimeProvider clock
    ) => (_openFirst, _openSecond, _clock) = (openFirst, openSecond, clock);

    public Guid Id => _id;

    /// <summary>How far the move has come.</summary>
    public MoveProgress Progress { get; set; } = new("copy", null, 0, 0, 0, []);

    /// <summary>Cancelled when another command has taken this one's place.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Takes the driver's place.</summary>
    /// <exception cref="MoveRefusedException">Somebody else has it, or the module has no home yet.</exception>
    public static async Task<MoveDriver> TakeAsync(
        Func<ModuleDbContext> openFirst,
        Func<ModuleDbContext> openSecond,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var driver = new MoveDriver(openFirst, openSecond, clock);
        await driver.TakeAsync(cancellationToken);
        driver._beating = driver.BeatAsync();
        return driver;
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _beating.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _lost.Dispose();
        _ended.Dispose();
    }

    private async Task TakeAsync(CancellationToken cancellationToken)
    {
        await using var context = _openFirst();
        var rows = new HomeRows(context);
        var home =
            await rows.ReadAsync(cancellationToken)
            ?? throw new MoveRefusedException(
                $"{context.Schema}: no process has opened this database yet; is it the one that the web app uses?"
            );
        _known = (home.Driver, home.DriverBeat);
        for (var beat = 0; home.Driver is not null && beat < Silence; beat++)
        {
            await Task.Delay(Between, _clock, cancellationToken);
            home = (await rows.ReadAsync(cancellationToken))!;
            if ((home.Driver, home.DriverBeat) != _known)
                throw new MoveRefusedException(
                    $"{context.Schema}: another command drives this move; let it, or stop it first."
                );
        }
        var progress = MoveProgress.Read(home.Progress);
        Progress = Progress with { Comparison = progress?.Comparison ?? [] };
        if (!await rows.TryDriveAsync(_known, _id, _known.Beat + 1, home.Progress, cancellationToken))
            throw new MoveRefusedException(
                $"{context.Schema}: another command has just begun to drive this move."
            );
        _known = (_id, _known.Beat + 1);
        await using var second = _openSecond();
        if (await new HomeRows(second).ReadAsync(cancellationToken) is { } there && there.Driver == _id)
        {
            await rows.LeaveAsync(_id);
            throw new MoveRefusedException(
                "The database named is the one that the web app uses: name another, or leave it away if the module is to keep it."
            );
        }
    }

    private async Task BeatAsync()
    {
        await using var first = _openFirst();
        await using var second = _openSecond();
        var other = new HomeRows(second);
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                var next = _known.Beat + 1;
                var text = Progress.Write();
                var rows = new HomeRows(first);
                if (await rows.TryDriveAsync(_known, _id, next, text, CancellationToken.None))
                    _known = (_id, next);
                // A beat whose answer was lost is this command's own.
                else if (await rows.ReadAsync(CancellationToken.None) is { } now && now.Driver == _id)
                    _known = (_id, now.DriverBeat);
                else
                {
                    await _lost.CancelAsync();
                    return;
                }
                if (await other.ReadAsync(CancellationToken.None) is { } there)
                    await other.TryDriveAsync(
                        (there.Driver, there.DriverBeat),
                        _id,
                        there.DriverBeat + 1,
                        text,
                        CancellationToken.None
                    );
            }
            catch (Exception failure) when (failure is DbException || DatabaseFailure.IsUnreachable(failure))
            {
                // What it drives meets the same, and says so.
            }
            await Task.Delay(Between, _clock, _ended.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await new HomeRows(first).LeaveAsync(_id).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
