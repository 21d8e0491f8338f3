using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Platform.Http;

/// <summary>
/// Why a request could not be bound, in the caller's words: JSON member and parameter names, never CLR types.
/// The framework tells it only by message, so what cannot be recognised falls back to a general sentence.
/// </summary>
/// <param name="Code">Null takes the status's own code.</param>
/// <param name="Detail">Null takes the status's own sentence.</param>
/// <param name="Errors">The fields at fault, where they are known.</param>
internal sealed partial record UnreadableRequest(
    string? Code,
    string? Detail,
    IReadOnlyDictionary<string, string[]>? Errors = null
)
{
    private const string ValidationFailed = "validation_failed";

    private static readonly UnreadableRequest NoBody = new(
        "malformed_json",
        "The request has no body; this call needs one in JSON."
    );

    private static readonly string[] Required = ["This member is required."];

    public static UnreadableRequest From(BadHttpRequestException exception) =>
        exception switch
        {
            UnreadableFormException form => new UnreadableRequest(form.Code, form.Message),
            { StatusCode: not StatusCodes.Status400BadRequest } => new UnreadableRequest(null, null),
            { InnerException: JsonException json } => From(json),
            _ => FromMessage(exception.Message),
        };

    private static UnreadableRequest From(JsonException exception)
    {
        // The reader's own exceptions, which mean broken syntax, are internal and come as the inner one.
        if (exception.InnerException is JsonException)
        {
            var place = exception is { LineNumber: { } line, BytePositionInLine: { } column }
                ? FormattableString.Invariant($" at line {line + 1}, byte {column + 1}")
                : "";
            return new UnreadableRequest("malformed_json", $"The body is not valid JSON{place}.");
        }

        var missing = MissingMembers(exception);
        if (missing.Count > 0)
        {
            return new UnreadableRequest(
                ValidationFailed,
                $"The body lacks {string.Join(", ", missing)}.",
                missing.ToDictionary(name => name, _ => Required)
            );
        }

        var path =
            exception.Path is { } text && text.StartsWith("$.", StringComparison.Ordinal) ? text[2..] : null;
        return path is null
            ? new UnreadableRequest("malformed_json", "The body is JSON, but not of the documented shape.")
            : new UnreadableRequest(
                ValidationFailed,
                $"The value of '{path}' is not of the documented type or range.",
                new Dictionary<string, string[]>(StringComparer.Ordinal)
                {
                    [path] = ["The value is not of the documented type or range."],
                }
            );
    }

    private static List<string> MissingMembers(JsonException exception) =>
        exception.Message.Contains("missing required properties", StringComparison.Ordinal)
            ?
            [
                .. QuotedName()
                    .Matches(exception.Message[exception.Message.LastIndexOf(':')..])
                    .Select(match => match.Groups["name"].Value),
            ]
            : [];

    private static UnreadableRequest FromMessage(string message)
    {
        if (UnboundParameter().Match(message) is { Success: true } unbound)
            return Parameter(
                unbound.Groups["name"].Value,
                "The value is not of the documented type or range."
            );
        if (message.StartsWith("Implicit body inferred", StringComparison.Ordinal))
            return NoBody;
        if (MissingParameter().Match(message) is not { Success: true } missing)
            return new UnreadableRequest(null, null);
        return missing.Groups["source"].Value.Contains("body", StringComparison.OrdinalIgnoreCase)
            ? NoBody
            : Parameter(
                missing.Groups["name"].Value,
                $"This parameter is required in the {missing.Groups["source"].Value}."
            );
    }

    private static UnreadableRequest Parameter(string name, string message) =>
        new(
            "invalid_parameter",
            $"The parameter '{name}' is missing or cannot be read.",
            new Dictionary<string, string[]>(StringComparer.Ordinal) { [name] = [message] }
        );

    [GeneratedRegex("'(?<name>[^']+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex QuotedName();

    [GeneratedRegex(
        "^Failed to bind parameter \"[^\"]* (?<name>[^\" ]+)\" from",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex UnboundParameter();

    [GeneratedRegex(
        "^Required parameter \"[^\"]* (?<name>[^\" ]+)\" was not provided from (?<source>[a-z ]+)",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex MissingParameter();
}
