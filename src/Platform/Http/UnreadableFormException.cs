using Microsoft.AspNetCore.Http;

namespace Platform.Http;

/// <summary>A page's form came in a way that nobody can read. The caller is told, and nothing is done.</summary>
/// <param name="code">What the caller is told, as a code.</param>
/// <param name="message">What the caller is told, as a sentence.</param>
/// <param name="status">The HTTP status.</param>
/// <param name="reason">What the reader said, where it said something.</param>
public sealed class UnreadableFormException(string code, string message, int status, Exception? reason)
    : BadHttpRequestException(message, status, reason!)
{
    /// <summary>What the caller is told, as a code.</summary>
    public string Code => code;

    /// <summary>The body is of another type.</summary>
    public static UnreadableFormException NoForm() =>
        new(
            "unsupported_media_type",
            "This path takes a form: application/x-www-form-urlencoded or multipart/form-data.",
            StatusCodes.Status415UnsupportedMediaType,
            null
        );

    /// <summary>The body ends too soon, or is not built as its type says.</summary>
    public static UnreadableFormException Because(Exception reason) =>
        new(
            "malformed_form",
            "The form cannot be read: it is cut short, or has too many fields or too long ones.",
            StatusCodes.Status400BadRequest,
            reason
        );
}
