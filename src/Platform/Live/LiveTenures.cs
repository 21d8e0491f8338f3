using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Platform.Hosting;
using Platform.Http;
using Platform.Streams;

namespace Platform.Live;

/// <summary>
/// Who may keep how many live streams open here, and for how long: none outlives what its caller was let in by, and
/// nobody has more than a person can look at.
/// </summary>
internal sealed class LiveTenures(
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    StreamOptions? options = null,
    ICallerTokens? callers = null
)
{
    public const string RefusalCode = "too_many_streams";

    public const string Refusal =
        "This caller has as many live streams open as one may. Close some, then try again.";

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, int> _open = [];
    private readonly int _most = (options ?? new StreamOptions()).LiveStreamsPerCaller;

    /// <summary>Begins a stream of the request's caller, until the request ends; null when they have enough.</summary>
    public LiveTenure? TryBegin(HttpContext http)
    {
        var caller = Caller.From(http.User)?.UserId;
        if (caller is { } taking && !TryTake(taking))
            return null;
        // Null for what is no module's, such as the control room.
        var leaving = http.GetEndpoint()?.Metadata.GetMetadata<Gated>()?.Gate.Leaving;
        var tenure = new LiveTenure(
            () => Leave(caller),
            lifetime.ApplicationStopping,
            leaving ?? CancellationToken.None
        );
        http.Response.RegisterForDispose(tenure);
        var ticket = http.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties;
        if (ticket?.ExpiresUtc is { } ends)
            tenure.EndIn(ends - clock.GetUtcNow(), clock);
        if (callers is not null && caller is not null)
        {
            var person = http.User;
            tenure.EndUnless(() => callers.GoesOnAsync(person, http.RequestAborted), clock);
        }
        return tenure;
    }

    private bool TryTake(Guid caller)
    {
        lock (_lock)
        {
            var open = _open.GetValueOrDefault(caller);
            if (open >= _most)
                return false;
            _open[caller] = open + 1;
            return true;
        }
    }

    private void Leave(Guid? caller)
    {
        if (caller is not { } id)
            return;
        lock (_lock)
        {
            if (--_open[id] == 0)
                _open.Remove(id);
        }
    }
}

/// <summary>How long one live stream may go on. Then it ends as it should, and its client comes back if it may.</summary>
internal sealed class LiveTenure(
    Action leave,
    CancellationToken stopping,
    CancellationToken leaving = default
) : IDisposable
{
    /// <summary>How often it is looked whether the caller's session goes on.</summary>
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(1);

    /// <summary>Longer than any token, and as long as a timer runs.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    private readonly CancellationTokenSource _over = CancellationTokenSource.CreateLinkedTokenSource(
        stopping,
        leaving
    );
    private readonly List<ITimer> _timers = [];
    private int _left;

    /// <summary>Cancelled when the stream has to end: the caller's token or session has, the module goes to another home, or the process stops.</summary>
    public CancellationToken Over => _over.Token;

    /// <summary>How soon a client is to come back, as its stream says: not all in the same moment.</summary>
    public static string ComeBack =>
        FormattableString.Invariant($"retry: {ComeBackIn.TotalMilliseconds:0}\n\n");

    /// <inheritdoc cref="ComeBack"/>
    public static TimeSpan ComeBackIn => TimeSpan.FromMilliseconds(Random.Shared.Next(100, 1_000));

    public void EndIn(TimeSpan time, TimeProvider clock)
    {
        var due =
            time < TimeSpan.Zero ? TimeSpan.Zero
            : time > Longest ? Longest
            : time;
        _timers.Add(clock.CreateTimer(_ => End(), state: null, due, Timeout.InfiniteTimeSpan));
    }

    public void EndUnless(Func<Task<bool>> goesOn, TimeProvider clock) =>
        _timers.Add(clock.CreateTimer(_ => _ = LookAsync(goesOn), state: null, BetweenLooks, BetweenLooks));

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _left, 1) == 1)
            return;
        foreach (var timer in _timers)
            timer.Dispose();
        _over.Dispose();
        leave();
    }

    /// <summary>When whether it goes on cannot be told, the next look may tell.</summary>
    private async Task LookAsync(Func<Task<bool>> goesOn)
    {
        var look = goesOn();
        await ((Task)look).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (look.IsCompletedSuccessfully && !await look)
            End();
    }

    private void End()
    {
        try
        {
            _over.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The client was faster.
        }
    }
}
