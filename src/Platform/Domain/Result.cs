using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Platform.Domain;

/// <summary>The outcome of something that may be refused: done, or an <see cref="Domain.Error"/>.</summary>
public readonly record struct Result
{
    private Result(Error? error) => Error = error;

    /// <summary>It was done.</summary>
    public static Result Done { get; }

    /// <summary>Why it was refused; null when it was done.</summary>
    public Error? Error { get; }

    /// <summary>Whether it was done.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsDone => Error is null;

    /// <summary>A refusal.</summary>
    public static implicit operator Result(Error error) => new(error);
}

/// <summary>The outcome of something that yields a value or is refused.</summary>
/// <typeparam name="T">What it yields.</typeparam>
public readonly record struct Result<T> : IResult<Result<T>>, IAnswer<Result<T>>
{
    private readonly T? _value;

    private Result(T? value, Error? error) => (_value, Error) = (value, error);

    /// <summary>Why it was refused; null when there is a value.</summary>
    public Error? Error { get; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsDone => Error is null;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">It was refused: look at <see cref="Error"/> first.</exception>
    public T Value =>
        IsDone ? _value! : throw new InvalidOperationException($"Refused: {Error.Code}. {Error.Message}");

    /// <inheritdoc/>
    public static Result<T> From(Error error) => error;

    string IAnswer<Result<T>>.Write(JsonSerializerOptions options) =>
        JsonSerializer.Serialize(Value, options);

    static Result<T> IAnswer<Result<T>>.Read(string json, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize<T>(json, options)!;

    /// <summary>A value.</summary>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>A refusal.</summary>
    public static implicit operator Result<T>(Error error) => new(default, error);
}

/// <summary>Lets the pipeline refuse a request without knowing what the request yields.</summary>
/// <typeparam name="TSelf">The result type itself.</typeparam>
public interface IResult<TSelf>
    where TSelf : IResult<TSelf>
{
    /// <summary>Why it was refused; null when it was done.</summary>
    Error? Error { get; }

    /// <summary>The refusal as a result.</summary>
    static abstract TSelf From(Error error);
}

/// <summary>Lets the pipeline keep a done result's value and give it back later.</summary>
/// <typeparam name="TSelf">The result type itself.</typeparam>
internal interface IAnswer<TSelf>
    where TSelf : IAnswer<TSelf>
{
    string Write(JsonSerializerOptions options);

    static abstract TSelf Read(string json, JsonSerializerOptions options);
}
