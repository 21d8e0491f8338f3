using Platform.Modules;

namespace Platform.Streams;

/// <summary>Runs one event through the message bus to its handler, within the current batch.</summary>
internal interface IDelivery
{
    /// <summary>Returns when the handler ran to its end.</summary>
    /// <exception cref="MissingReceiptException">The bus claims completion, but the handler did not finish.</exception>
    /// <exception cref="OperationCanceledException">The process is stopping.</exception>
    /// <remarks>Whatever the handler throws is thrown on.</remarks>
    Task DeliverAsync(
        StreamEvent happened,
        HandledEvent handled,
        Batch batch,
        CancellationToken cancellationToken
    );
}
