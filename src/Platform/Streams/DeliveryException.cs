using Platform.Data;

namespace Platform.Streams;

/// <summary>A handler failed on an event.</summary>
internal sealed class DeliveryException(int index, Exception cause)
    : Exception($"Event {index} of the batch failed.", cause)
{
    public int Index { get; } = index;

    public Exception Cause { get; } = cause;

    /// <summary>
    /// Whether an exception speaks of the event and its handler, so that trying again is counted; and not of the
    /// process, the bus or a database out of reach, which are waited for.
    /// </summary>
    public static bool IsOfTheHandler(Exception failure, CancellationToken stopping) =>
        failure is not MissingReceiptException
        && !(failure is OperationCanceledException && stopping.IsCancellationRequested)
        && !DatabaseFailure.IsUnreachable(failure);
}

/// <summary>
/// The bus said an event was done, but its handler never ran to the end: nothing may be concluded from it, so
/// the cursor stays and nothing is parked.
/// </summary>
internal sealed class MissingReceiptException(string alias)
    : Exception(
        $"No handler ran for '{alias}'. Regenerate the handlers (see CONTRIBUTING.md) and restart the process."
    );

/// <summary>Another replica has moved the cursor: what this one did is rolled back, and it reads on from there.</summary>
internal sealed class CursorMovedException(string subscription)
    : Exception($"{subscription}: the cursor moved.");

/// <summary>The stream could not be read, which says nothing of the module that follows it.</summary>
internal sealed class SourceUnreachableException(string stream, Exception cause)
    : Exception($"The stream '{stream}' cannot be read.", cause);

/// <summary>
/// The stream does not hold what was handled of it: the publisher's database was lost, restored from an older copy or
/// is another one. Reading on would pass over events, so the subscription stands still until an operator has decided.
/// </summary>
internal sealed class StreamDivergedException(string stream, string difference)
    : Exception(Describe(stream, difference))
{
    public static string Describe(string stream, string difference) =>
        $"The stream '{stream}' is not the one that was followed: {difference}. Its publisher's database was lost or put back "
        + "to an older copy. Bring the newer one back, or decide how to go on: "
        + "'dotnet run --project src/Host -- streams' shows both sides.";
}
