namespace Platform.Data;

/// <summary>
/// A transaction that has written to a module's tables does not end. What comes behind it has to wait, be it in the
/// stream or in a move, for it may still be committed: nobody is at fault but who holds it open.
/// </summary>
internal sealed class WritersInFlightException(string schema, string writers)
    : Exception(
        $"'{schema}' waits for one who has written to it and neither commits nor gives up: {writers}."
    );
