namespace Simulator.Calls;

/// <summary>Something that a person asks to be done.</summary>
internal sealed record Call(string Deed, HttpMethod Method, string Path)
{
    /// <summary>What the path names.</summary>
    public Guid? Subject { get; init; }

    /// <summary>Sent as JSON.</summary>
    public object? Body { get; init; }

    /// <summary>Sent as <c>Idempotency-Key</c>.</summary>
    public string? Key { get; init; }

    /// <summary>How often it is tried before the person gives up and does not know what became of it.</summary>
    public int Patience { get; init; } = int.MaxValue;

    public static Call Post(string deed, string path, Guid subject, object? body = null) =>
        new(deed, HttpMethod.Post, path) { Subject = subject, Body = body };

    public static Call Put(string deed, string path, Guid subject, object? body = null) =>
        new(deed, HttpMethod.Put, path) { Subject = subject, Body = body };
}
