namespace Platform.Data;

/// <summary>
/// A transaction that has written to an outbox does not end. What comes behind it in the stream has to wait, for it may
/// still be committed: nobody is at fault but who holds it open.
/// </summary>
internal sealed class WritersInFlightException(string schema, string writers)
    : Exception(
        $"'{schema}' has a gap in its outbox that cannot be passed while its writer does not end: {writers}."
    );
