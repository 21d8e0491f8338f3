using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Platform.Pages;

/// <summary>The fields of a form that a page posted. Binds as an endpoint parameter.</summary>
/// <param name="Fields">As the browser sent them.</param>
public sealed record PageForm(IFormCollection Fields)
{
    /// <summary>A field's text without the space around it; null when it is missing or blank.</summary>
    public string? this[string name] =>
        Fields.TryGetValue(name, out var values) && values.ToString().Trim() is { Length: > 0 } text
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
        Fields.TryGetValue(name, out var values) ? [.. values.Select(text => (text ?? "").Trim())] : [];

    /// <summary>Reads the request's form; one that cannot be read is empty.</summary>
    public static async ValueTask<PageForm?> BindAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        try
        {
            return new PageForm(
                http.Request.HasFormContentType
                    ? await http.Request.ReadFormAsync(http.RequestAborted)
                    : FormCollection.Empty
            );
        }
        catch (Exception unreadable)
            when (unreadable is InvalidDataException or InvalidOperationException
                && unreadable is not BadHttpRequestException
            )
        {
            return new PageForm(FormCollection.Empty);
        }
    }
}
