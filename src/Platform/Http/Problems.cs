using Microsoft.AspNetCore.Http;
using Platform.Commands;
using Platform.Domain;

namespace Platform.Http;

/// <summary>Turns results into HTTP answers: values into 2xx, refusals into RFC 9457 problem details.</summary>
public static class Problems
{
    /// <summary>200 with the value, 204 when there is nothing to tell, or the problem.</summary>
    public static Microsoft.AspNetCore.Http.IResult ToHttp<T>(this Result<T> result) =>
        result switch
        {
            { IsDone: false } => result.Error.ToProblem(),
            { Value: Nothing } => Results.NoContent(),
            _ => Results.Ok(result.Value),
        };

    /// <summary>201 with the value and its <c>Location</c>, or the problem.</summary>
    /// <param name="result">What the command answered.</param>
    /// <param name="location">The path of what was made, such as <c>/api/orders/{id}</c>.</param>
    public static Microsoft.AspNetCore.Http.IResult ToCreated<T>(
        this Result<T> result,
        Func<T, string> location
    )
    {
        ArgumentNullException.ThrowIfNull(location);
        return result.IsDone
            ? Results.Created(location(result.Value), result.Value)
            : result.Error.ToProblem();
    }

    /// <summary>The problem details of a refusal.</summary>
    public static Microsoft.AspNetCore.Http.IResult ToProblem(this Error error)
    {
        ArgumentNullException.ThrowIfNull(error);
        var status = StatusOf(error);
        var extensions = new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = error.Code };
        if (error.Fields is not null)
            extensions["errors"] = error.Fields;
        foreach (var (name, value) in error.Details ?? new Dictionary<string, object>())
            extensions[name] = value;
        return Results.Problem(
            statusCode: status,
            type: TypeOf(error.Code),
            detail: error.Message,
            extensions: extensions
        );
    }

    /// <summary>The stable <c>type</c> of a problem with <paramref name="code"/>.</summary>
    public static string TypeOf(string code) => $"urn:problem:{code}";

    /// <summary>The HTTP status of a refusal.</summary>
    public static int StatusOf(Error error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return StatusOf(error.Kind);
    }

    private static int StatusOf(ErrorKind kind) =>
        kind switch
        {
            ErrorKind.Invalid => StatusCodes.Status400BadRequest,
            ErrorKind.NotFound => StatusCodes.Status404NotFound,
            ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
            ErrorKind.Conflict => StatusCodes.Status409Conflict,
            ErrorKind.Refused => StatusCodes.Status422UnprocessableEntity,
            ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind of error."),
        };
}
