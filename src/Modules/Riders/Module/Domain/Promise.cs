namespace Riders.Domain;

/// <summary>A time that was promised. A miss is noted, and said, once.</summary>
internal sealed record Promise(DateTimeOffset DueAt, DateTimeOffset? MissedAt)
{
    public static Promise For(DateTimeOffset dueAt) => new(dueAt, null);

    /// <summary>The deadline that still waits, if it was not missed already.</summary>
    public DateTimeOffset? Open => MissedAt is null ? DueAt : null;
}

/// <summary>A promise that was broken just now.</summary>
internal sealed record BrokenPromise(string Deadline, DateTimeOffset DueAt);
