namespace Platform.Commands;

/// <summary>
/// A command that a client may send again without doing it twice. The key, a hash of the command and the
/// answer are stored in the module's own database together with what the command changed, so two at once
/// have one effect and both get the same answer.
/// </summary>
public interface IIdempotentCommand
{
    /// <summary>How long a key may be, in characters.</summary>
    const int LongestKey = 200;

    /// <summary>
    /// Chosen by the client, 1 to <see cref="LongestKey"/> characters and none of them a control character, unique
    /// per caller and intent. Another is refused before the command is handled.
    /// </summary>
    string IdempotencyKey { get; }

    /// <summary>Whose key it is; keys of different callers never meet.</summary>
    Guid CallerId { get; }
}

/// <summary>
/// A command whose lost race is not the caller's business, such as one more review of a busy store: it is
/// tried again on fresh data, a few times, before the caller is told 409.
/// </summary>
public interface IRetryOnConflict;
