using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orders.Domain;
using Orders.Features;
using Platform.Commands;
using Platform.Data;
using Platform.Domain;

namespace Orders.Payments;

/// <summary>
/// Hands out intentions that are committed, each once. While placings come fast some lie ready, written by one
/// statement as many at a time as the demand of a second; else what is asked for is written, and those who ask at the
/// same time share it.
/// </summary>
internal sealed class Intentions
{
    private const int MostAtATime = 250;

    private readonly Sender _sender;
    private readonly IOptions<OrdersOptions> _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<Intentions> _logger;
    private readonly Grouping<Nothing, Result<PaymentIntention>> _askers;

    private readonly Lock _lock = new();
    private readonly Queue<PaymentIntention> _stock = new();
    private readonly List<Guid> _leftOver = [];
    private readonly Demand _demand;
    private Task _filling = Task.CompletedTask;

    public Intentions(
        Sender sender,
        IOptions<OrdersOptions> options,
        TimeProvider clock,
        ILogger<Intentions> logger
    )
    {
        (_sender, _options, _clock, _logger) = (sender, options, clock, logger);
        _demand = new Demand(clock);
        _askers = new(MostAtATime, atOnce: 1, HandOutAsync);
    }

    /// <summary>An intention for a placing that asks the gateway now.</summary>
    public Task<Result<PaymentIntention>> TakeAsync()
    {
        lock (_lock)
        {
            if (NextInStock() is { } ready)
            {
                FillUp();
                return Task.FromResult<Result<PaymentIntention>>(ready);
            }
        }
        return _askers.JoinAsync(default);
    }

    /// <summary>Removes what lay ready for so long that it may not be taken any more.</summary>
    public Task DropStaleAsync(CancellationToken cancellationToken) =>
        DropAsync(intention => !MayBeTaken(intention), cancellationToken);

    /// <summary>Removes all that lies ready.</summary>
    public Task DropAllAsync(CancellationToken cancellationToken) => DropAsync(_ => true, cancellationToken);

    private async Task DropAsync(Func<PaymentIntention, bool> which, CancellationToken cancellationToken)
    {
        Guid[] dropped;
        // What is being written belongs to it.
        await _filling.WaitAsync(cancellationToken);
        lock (_lock)
        {
            while (_stock.TryPeek(out var oldest) && which(oldest))
                _leftOver.Add(_stock.Dequeue().OrderId);
            dropped = [.. _leftOver];
            _leftOver.Clear();
        }
        // What is lost on the way has a deadline.
        if (dropped.Length > 0)
            await _sender.SendAsync(new DropIntentions(dropped), cancellationToken);
    }

    private async Task<IReadOnlyList<Result<PaymentIntention>>> HandOutAsync(IReadOnlyList<Nothing> askers)
    {
        var given = new List<PaymentIntention>(askers.Count);
        int ahead;
        lock (_lock)
        {
            while (given.Count < askers.Count && NextInStock() is { } ready)
                given.Add(ready);
            ahead = _demand.InASecond;
        }
        if (given.Count < askers.Count)
        {
            var missing = askers.Count - given.Count;
            var written = await WriteAsync(Math.Min(missing + ahead, MostAtATime));
            if (!written.IsDone)
                return [.. askers.Select(_ => (Result<PaymentIntention>)written.Error)];
            given.AddRange(written.Value.Take(missing));
            lock (_lock)
            {
                _demand.Note(missing);
                PutInStock(written.Value.Skip(missing));
            }
        }
        return [.. given.Select(intention => (Result<PaymentIntention>)intention)];
    }

    /// <summary>Begins to write more ahead before the stock runs out, so that no placing waits for it.</summary>
    private void FillUp()
    {
        var ahead = Math.Min(_demand.InASecond, MostAtATime);
        if (!_filling.IsCompleted || _stock.Count >= ahead / 2)
            return;
        // It must not run in the trace of whoever took the last one.
        using (ExecutionContext.SuppressFlow())
            _filling = Task.Run(() => FillUpAsync(ahead));
    }

    private async Task FillUpAsync(int ahead)
    {
        try
        {
            var written = await WriteAsync(ahead);
            lock (_lock)
                PutInStock(written.IsDone ? written.Value : []);
        }
        catch (Exception failure)
        {
            // Whoever finds the stock empty asks for one, and is told.
            _logger.LogDebug(failure, "No intentions were written ahead");
        }
    }

    private Task<Result<IReadOnlyList<PaymentIntention>>> WriteAsync(int count) =>
        _sender.SendAsync(new WriteIntentions(count), CancellationToken.None);

    private PaymentIntention? NextInStock()
    {
        while (_stock.TryDequeue(out var oldest))
        {
            if (MayBeTaken(oldest))
            {
                _demand.Note(1);
                return oldest;
            }
            _leftOver.Add(oldest.OrderId);
        }
        return null;
    }

    private void PutInStock(IEnumerable<PaymentIntention> written)
    {
        foreach (var intention in written)
            _stock.Enqueue(intention);
    }

    private bool MayBeTaken(PaymentIntention intention) =>
        intention.MayBeTakenAt(_clock.GetUtcNow(), _options.Value.UnknownAuthorisationWait);
}
