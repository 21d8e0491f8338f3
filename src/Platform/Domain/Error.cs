namespace Platform.Domain;

/// <summary>What sort of refusal an <see cref="Error"/> is. Each sort has one HTTP status.</summary>
public enum ErrorKind
{
    /// <summary>The request itself is wrong, whatever the state: 400.</summary>
    Invalid,

    /// <summary>There is no such thing, or the caller may not know that there is: 404.</summary>
    NotFound,

    /// <summary>The caller may see it but not do this to it: 403.</summary>
    Forbidden,

    /// <summary>The state has moved on, or somebody else was first: 409.</summary>
    Conflict,

    /// <summary>The request is well-formed but a business rule refuses it: 422.</summary>
    Refused,

    /// <summary>Something outside did not answer; the caller may try again: 503.</summary>
    Unavailable,
}

/// <summary>An expected refusal. Bugs are exceptions; refusals are values.</summary>
/// <param name="Kind">Decides the HTTP status.</param>
/// <param name="Code">Stable, in snake_case, such as <c>store_closed</c>. Clients switch on it.</param>
/// <param name="Message">One sentence for a person: what is wrong and, where it helps, what to do.</param>
public sealed record Error(ErrorKind Kind, string Code, string Message)
{
    /// <summary>Messages per field, for <see cref="ErrorKind.Invalid"/>; keys are JSON member names.</summary>
    public IReadOnlyDictionary<string, string[]>? Fields { get; init; }

    /// <summary>What else the caller needs to go on, by member name, such as what a thing costs now.</summary>
    public IReadOnlyDictionary<string, object>? Details { get; init; }

    /// <summary>The request is wrong in itself.</summary>
    public static Error Invalid(string code, string message) => new(ErrorKind.Invalid, code, message);

    /// <summary>There is no such thing for this caller.</summary>
    public static Error NotFound(string code, string message) => new(ErrorKind.NotFound, code, message);

    /// <summary>The caller may see it but not do this.</summary>
    public static Error Forbidden(string code, string message) => new(ErrorKind.Forbidden, code, message);

    /// <summary>The state has moved on.</summary>
    public static Error Conflict(string code, string message) => new(ErrorKind.Conflict, code, message);

    /// <summary>A business rule refuses it.</summary>
    public static Error Refused(string code, string message) => new(ErrorKind.Refused, code, message);

    /// <summary>Something outside did not answer.</summary>
    public static Error Unavailable(string code, string message) => new(ErrorKind.Unavailable, code, message);
}
