using System.Runtime.InteropServices;
using Host.Settings;

namespace Host.Edge;

/// <summary>Whether this process has been told to stop and serves on until those who send it requests have noticed.</summary>
internal sealed class Drain
{
    private volatile bool _isUnderWay;

    public bool IsUnderWay => _isUnderWay;

    public void Begin() => _isUnderWay = true;
}

/// <summary>
/// Stops the process as a balancer in front wants it. At SIGTERM it is no longer ready but serves on for a while; then
/// its live streams end, its leases are given up and its socket closes. A second SIGTERM ends the while; Ctrl+C, a
/// person's, has none.
/// </summary>
internal sealed class DrainingLifetime(
    HostSettings settings,
    Drain drain,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<DrainingLifetime> log
) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> _signals = [];

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnTold));
        foreach (var atOnce in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGQUIT])
            _signals.Add(PosixSignalRegistration.Create(atOnce, OnAtOnce));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _signals.ForEach(signal => signal.Dispose());

    private void OnAtOnce(PosixSignalContext signal)
    {
        signal.Cancel = true;
        lifetime.StopApplication();
    }

    private void OnTold(PosixSignalContext signal)
    {
        var rest = settings.Edge.DrainFor;
        if (drain.IsUnderWay || rest <= TimeSpan.Zero)
        {
            OnAtOnce(signal);
            return;
        }
        signal.Cancel = true;
        drain.Begin();
        log.LogInformation("Told to stop: not ready from now on, and serving for {Rest} more", rest);
        _ = Task.Run(async () =>
        {
            await Task.Delay(rest, clock, CancellationToken.None);
            lifetime.StopApplication();
        });
    }
}
