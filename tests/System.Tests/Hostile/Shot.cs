using System.Globalization;
using System.Text;

namespace System.Tests.Hostile;

/// <summary>One request of a hostile hour.</summary>
/// <param name="Number">Its place: with the seed it makes the same request again.</param>
/// <param name="Method">As it is sent, known or not.</param>
/// <param name="Path">With its query, as it is sent.</param>
/// <param name="Headers">All but those of the body.</param>
/// <param name="ContentType">Null where there is no body, or where it does not say.</param>
/// <param name="Body">Null for none.</param>
/// <param name="CutShort">Whether the connection ends before the body does.</param>
internal sealed record Shot(
    int Number,
    string Method,
    string Path,
    IReadOnlyList<(string Name, string Value)> Headers,
    string? ContentType,
    byte[]? Body,
    bool CutShort
)
{
    private const int Shown = 300;

    /// <summary>
    /// Whether a refusal must have a code: not to those who read pages, and not where the rules of OAuth say what one
    /// looks like.
    /// </summary>
    public bool WantsProblems =>
        Method != "HEAD"
        && !Path.StartsWith("/connect", StringComparison.OrdinalIgnoreCase)
        && !Path.StartsWith("/.well-known", StringComparison.OrdinalIgnoreCase)
        && !Headers.Any(header =>
            header.Name == "Accept" && header.Value.Contains("html", StringComparison.OrdinalIgnoreCase)
        );

    public override string ToString()
    {
        var body = Body is null ? "" : $" [{ContentType}] {Encoding.UTF8.GetString(Body)}";
        var headers = string.Join(
            ", ",
            Headers
                .Where(header => header.Name is not "Authorization")
                .Select(header => $"{header.Name}: {header.Value}")
        );
        return string.Create(
            CultureInfo.InvariantCulture,
            $"#{Number}{(CutShort ? ", cut short," : "")} {Method} {Short(Path)} ({Short(headers)}){Short(body)}"
        );
    }

    private static string Short(string text) =>
        text.Length <= Shown ? text : $"{text[..Shown]}… ({text.Length})";
}
