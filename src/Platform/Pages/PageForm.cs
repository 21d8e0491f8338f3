using System.Globalization;
using Microsoft.AspNetCore.Http;
using Platform.Domain;
using Platform.Http;

namespace Platform.Pages;

/// <summary>The fields of a form that a page posted. Binds as an endpoint parameter.</summary>
/// <param name="Fields">As the browser sent them.</param>
public sealed record PageForm(IFormCollection Fields)
{
    /// <summary>
    /// A field's text with its line breaks as they were typed and without the space around it; null when it is missing
    /// or blank.
    /// </summary>
    public string? this[string name] =>
        Fields.TryGetValue(name, out var values) && Typed(values.ToString()) is { Length: > 0 } text
            ? text
            : null;

    /// <summary>A field's id; null when it holds none.</summary>
    public Guid? Id(string name) => Guid.TryParse(this[name], out var id) ? id : null;

    /// <summary>A field's whole number; null when it holds none.</summary>
    public int? Number(string name) =>
        int.TryParse(this[name], CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Degrees of latitude (90 at most) or longitude (180) as a text says them; null when it holds none.</summary>
    public static double? Degrees(string? text, double most) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees)
        && Math.Abs(degrees) <= most
            ? degrees
            : null;

    /// <summary>What was typed into each of the fields of one name, in their order, blank ones included.</summary>
    public IReadOnlyList<string> All(string name) =>
        Fields.TryGetValue(name, out var values) ? [.. values.Select(text => Typed(text ?? ""))] : [];

    /// <summary>
    /// Reads the request's form. One that cannot be read is refused and not taken for an empty one, whose missing
    /// fields would say something: that a shift ends, say.
    /// </summary>
    /// <exception cref="UnreadableFormException">It is no form, is cut short, or has too many or too long fields.</exception>
    public static async ValueTask<PageForm?> BindAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        var request = http.Request;
        if (!request.HasFormContentType)
        {
            return request.ContentType is null
                ? new PageForm(FormCollection.Empty)
                : throw UnreadableFormException.NoForm();
        }
        try
        {
            var fields = await request.ReadFormAsync(http.RequestAborted);
            return fields.Any(field => field.Key.Contains('\0') || field.Value.Any(HasZero))
                ? throw new InvalidDataException("A field contains the character zero.")
                : new PageForm(fields);
        }
        catch (Exception unreadable)
            when (unreadable is InvalidDataException or InvalidOperationException or IOException
                && unreadable is not BadHttpRequestException
            )
        {
            throw UnreadableFormException.Because(unreadable);
        }
    }

    private static string Typed(string text) => PlainText.WithSingleLineBreaks(text).Trim();

    /// <summary>A form in parts may bring it; no text has it, and not every database can keep it.</summary>
    private static bool HasZero(string? text) => text?.Contains('\0', StringComparison.Ordinal) == true;
}
