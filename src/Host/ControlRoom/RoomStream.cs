using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using Platform.Homes;
using Platform.Live;
using Platform.Modules;
using Platform.Streams;
using Platform.Telemetry;

namespace Host.ControlRoom;

/// <summary>
/// What an open control room is told. <c>charts</c> brings the next point of every chart, which is all that time alone
/// changes. <c>figures</c> says that something else is no longer as it was shown: it comes when something was said on
/// a stream or a module was paused or resumed in this process, or in another that can wake it; what the rest did is
/// found with the next point.
/// </summary>
internal sealed class RoomStream(
    RoomReader room,
    FigureTrends trends,
    ModuleCatalog modules,
    ModuleHomes homes,
    StreamSignals signals,
    TimeProvider clock
)
{
    /// <summary>What follows an event is shown with it, many at once once, and never from a reading before it.</summary>
    private static readonly TimeSpan Settling = Gauges.Fresh;

    /// <summary>The stream of one open page.</summary>
    /// <param name="request">Asks other processes in the operator's own name.</param>
    /// <param name="over">When it has to end.</param>
    /// <param name="gone">Ends it as well.</param>
    public async IAsyncEnumerable<SseItem<object>> FollowAsync(
        HttpRequest request,
        CancellationToken over,
        [EnumeratorCancellation] CancellationToken gone = default
    )
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(gone, over);
        using var bell = signals.ListenToAll();
        var shown = request.Headers["Last-Event-ID"].ToString();
        TimeSpan? comeBack = LiveTenure.ComeBackIn;
        while (await TryLookAsync(request, either.Token) is { } view)
        {
            var looks = LooksOf(view);
            yield return new SseItem<object>(Charts.Of(view, trends), "charts")
            {
                EventId = looks,
                ReconnectionInterval = comeBack,
            };
            comeBack = null;
            if (looks != shown)
                yield return new SseItem<object>(view.At, "figures") { EventId = looks };
            shown = looks;
            await WaitAsync(bell, either.Token);
        }
    }

    /// <summary>Null when nobody looks any more.</summary>
    private async Task<RoomView?> TryLookAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await room.LookAsync(request, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task WaitAsync(StreamSignal bell, CancellationToken cancellationToken)
    {
        try
        {
            await bell.WaitAsync(ModulePaces.Bucket, clock, cancellationToken);
            await Task.Delay(Settling, clock, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The next look finds that nobody looks any more.
        }
    }

    /// <summary>What is shown, but for what charts and clocks show: two that are alike look alike.</summary>
    private string LooksOf(RoomView view)
    {
        var looks = new StringBuilder();
        foreach (var (module, _) in view.Modules)
        {
            looks
                .Append(module.Name)
                .Append(module.State)
                .Append(module.LastError)
                .AppendJoin(',', module.Addresses);
            foreach (var following in module.Subscriptions)
                looks
                    .Append(following.Stream)
                    .Append(following.State)
                    .Append(following.LastError)
                    .Append(following.Lag)
                    .Append(following.OldestUnhandledSeconds)
                    .Append(following.DeadLetters);
            if (module.Relay is { } relay)
                looks
                    .Append(relay.State)
                    .Append(relay.LastError)
                    .Append(relay.Lag)
                    .AppendJoin(',', relay.Followers);
        }
        foreach (var module in modules.Modules)
        {
            if (homes.Of(module) is { } home)
                looks
                    .Append(home.Name)
                    .Append(home.Epoch)
                    .Append(home.State)
                    .Append(home.FormerName)
                    .Append(home.Trouble);
        }
        foreach (var alert in view.Alerts)
            looks.Append(alert.Module).Append(alert.Subject).Append(alert.Text);
        // Ages grow by themselves, and are shown as since when.
        foreach (
            var figure in view.Figures.Where(figure =>
                !figure.Name.EndsWith(".oldest_open", StringComparison.Ordinal)
            )
        )
            looks.Append(figure.Value).Append(',');
        // Across restarts it may differ; then the page is merely shown anew once.
        return string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{looks.ToString().GetHashCode(StringComparison.Ordinal):x8}"
        );
    }
}
