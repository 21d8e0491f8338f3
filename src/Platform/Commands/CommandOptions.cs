namespace Platform.Commands;

/// <summary>How commands are kept. Bound from the section <c>Commands</c>.</summary>
public sealed class CommandOptions
{
    /// <summary>How long a repeated idempotency key still gets its first answer, at the least.</summary>
    public TimeSpan IdempotencyRetention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How often older keys are removed.</summary>
    public TimeSpan TrimInterval { get; set; } = TimeSpan.FromMinutes(30);
}
