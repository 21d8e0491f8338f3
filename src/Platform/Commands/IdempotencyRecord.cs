namespace Platform.Commands;

/// <summary>The answer that a key got, kept so that the same request gets it again.</summary>
internal sealed class IdempotencyRecord
{
    public required Guid CallerId { get; init; }
    public required string Key { get; init; }

    /// <summary>SHA-256 of the command's type and content, in hex.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The value the command yielded, as JSON.</summary>
    public required string Answer { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}
