using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Platform.Http;

/// <summary>
/// Refuses JSON with more in it than any call takes, before it becomes objects, each of which would be looked at and
/// found fault with. Small bodies pass unread: however they are built, little can be in them. How many of a sort a
/// call takes is the call's own rule, within these bounds.
/// </summary>
internal sealed class JsonGuard(RequestDelegate next)
{
    /// <summary>Bodies up to this many bytes pass.</summary>
    private const int Small = 16 * 1024;

    /// <summary>The most elements that one list may have.</summary>
    private const int MostInOneList = 1_000;

    /// <summary>The most elements that all lists of a body may have together.</summary>
    private const int MostInAll = 20_000;

    private static readonly JsonReaderOptions Reading = new() { MaxDepth = 64 };

    public Task InvokeAsync(HttpContext http) =>
        IsLargeJson(http.Request) ? ReadFirstAsync(http) : next(http);

    private async Task ReadFirstAsync(HttpContext http)
    {
        var wire = http.Request.Body;
        await using var body = new MemoryStream();
        await wire.CopyToAsync(body, http.RequestAborted);
        if (TooMuchIn(body.GetBuffer().AsSpan(0, (int)body.Length)) is { } list)
        {
            await http.WriteProblemAsync(
                StatusCodes.Status400BadRequest,
                "validation_failed",
                "A list has too many elements.",
                new Dictionary<string, string[]>(StringComparer.Ordinal)
                {
                    [list] =
                    [
                        $"A list has {MostInOneList} elements at most, and all lists together {MostInAll}.",
                    ],
                }
            );
            return;
        }
        body.Position = 0;
        http.Request.Body = body;
        try
        {
            await next(http);
        }
        finally
        {
            http.Request.Body = wire;
        }
    }

    private static bool IsLargeJson(HttpRequest request) =>
        request.ContentLength is null or > Small
        && MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && (
            type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>The member whose list is too long; null when none is, or when the body is no JSON, which its reader says.</summary>
    private static string? TooMuchIn(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, Reading);
        var open = new Stack<(string Name, int Count, bool IsList)>();
        var (name, all) = ("", 0);
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.PropertyName:
                        name =
                            reader.ValueIsEscaped || reader.ValueSpan.Length > 100 ? "" : reader.GetString()!;
                        continue;
                    case JsonTokenType.EndArray or JsonTokenType.EndObject:
                        open.Pop();
                        continue;
                }
                if (open.TryPeek(out var list) && list.IsList)
                {
                    open.Pop();
                    open.Push(list with { Count = list.Count + 1 });
                    if (list.Count == MostInOneList || ++all > MostInAll)
                        return list.Name.Length > 0 ? list.Name : "$";
                }
                if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                    open.Push((name, 0, reader.TokenType is JsonTokenType.StartArray));
            }
        }
        catch (JsonException)
        {
            return null;
        }
        return null;
    }
}
