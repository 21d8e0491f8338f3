using System.Collections.Concurrent;
using Platform.Streams;

namespace Platform.Brokers;

/// <summary>Takes in what the followers of one stream report, from the broker, until the relay has time for it.</summary>
internal sealed class ReportInbox(string stream, IBroker broker, StreamSignal signal)
{
    private readonly ConcurrentQueue<FollowerReport> _reports = new();
    private IBrokerInbox? _inbox;
    private Task _receiving = Task.CompletedTask;

    public bool IsOpen => _inbox is not null;

    /// <summary>Begins to receive.</summary>
    public async Task OpenAsync(CancellationToken stopping)
    {
        var inbox = await broker.OpenAsync(BrokerAddress.ReportsTo(stream), stopping);
        _inbox = inbox;
        _receiving = Task.Run(() => ReceiveAsync(inbox, stopping), stopping);
    }

    /// <summary>Throws what ended the receiving, if something has.</summary>
    /// <exception cref="BrokerException">The broker is away.</exception>
    public async Task ThrowIfBrokenAsync()
    {
        if (_receiving.IsFaulted)
            await _receiving;
    }

    /// <summary>The next report; null when there is none.</summary>
    public FollowerReport? Take() => _reports.TryDequeue(out var report) ? report : null;

    /// <summary>Ends the receiving. What was taken in stays.</summary>
    public async Task CloseAsync()
    {
        if (Interlocked.Exchange(ref _inbox, null) is { } inbox)
            await inbox.DisposeAsync();
        await _receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _receiving = Task.CompletedTask;
    }

    private async Task ReceiveAsync(IBrokerInbox inbox, CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                var delivery = await inbox.ReceiveAsync(stopping);
                if (StreamMessages.ReadReport(delivery.Message) is { } report)
                    _reports.Enqueue(report);
                await inbox.AcknowledgeAsync(delivery, stopping);
                signal.Set();
            }
        }
        finally
        {
            signal.Set();
        }
    }
}
