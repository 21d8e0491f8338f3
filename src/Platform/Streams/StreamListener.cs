using Platform.Modules;
using Wolverine;
using Wolverine.Runtime;
using Wolverine.Transports;

namespace Platform.Streams;

/// <summary>
/// Hands one event at a time to the bus and finds out what became of it. The bus contains handler failures and
/// completes the message all the same, so completion proves nothing: only the receipt does.
/// </summary>
internal sealed class StreamListener(SubscriptionDefinition subscription, IReceiver receiver)
    : IListener,
        ISupportDeadLetterQueue,
        IDelivery
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;
    private Exception? _failure;
    private bool _deferred;

    public Uri Address => subscription.Address;

    public IHandlerPipeline? Pipeline => receiver.Pipeline;

    public bool NativeDeadLetterQueueEnabled => true;

    public void Run(Func<CancellationToken, Task> subscriptionLoop) =>
        _running = Task.Run(() => subscriptionLoop(_stopping.Token));

    public async Task DeliverAsync(
        StreamEvent happened,
        HandledEvent handled,
        Batch batch,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        (_failure, _deferred, batch.Receipt) = (null, false, null);
        var envelope = new Envelope(handled.Event.Deserialize(happened.Payload))
        {
            Id = happened.EventId,
            MessageType = happened.Type,
            CorrelationId = happened.EventId.ToString(),
            ParentId = happened.TraceParent,
            Source = happened.Type[..happened.Type.IndexOf('.', StringComparison.Ordinal)],
            Destination = Address,
            SentAt = happened.OccurredAt,
            Offset = happened.Position,
            GroupId = happened.Key.ToString(),
        };
        await batch.RunAsync(() => receiver.ReceivedAsync(this, envelope).AsTask());
        if (_failure is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
        if (!_deferred && batch.Receipt == happened.EventId)
            return;
        cancellationToken.ThrowIfCancellationRequested();
        throw new MissingReceiptException(happened.Type);
    }

    public ValueTask CompleteAsync(Envelope envelope) => ValueTask.CompletedTask;

    public ValueTask DeferAsync(Envelope envelope)
    {
        _deferred = true;
        return ValueTask.CompletedTask;
    }

    public Task MoveToErrorsAsync(Envelope envelope, Exception exception)
    {
        _failure = exception;
        return Task.CompletedTask;
    }

    public async ValueTask StopAsync()
    {
        await _stopping.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stopping.Dispose();
    }
}

/// <summary>Middleware that runs after a handler has come to its end, and only then.</summary>
public static class HandlerReceipt
{
    /// <summary>Notes in the running batch that the event's handler finished.</summary>
    public static void After(Envelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        if (Batch.Current is { } batch)
            batch.Receipt = envelope.Id;
    }
}
