using System.Text.Json.Nodes;

namespace System.Tests.Running;

/// <summary>One call of the API as its own description tells it.</summary>
internal sealed record Operation(
    HttpMethod Method,
    string Path,
    IReadOnlyList<(string Name, string In, string? Type, string? Format)> Parameters,
    bool HasBody,
    bool NeedsToken,
    IReadOnlySet<int> Statuses
)
{
    public string Name => $"{Method} {Path}";

    public IEnumerable<(string Name, string? Type, string? Format)> Query =>
        Parameters.Where(one => one.In == "query").Select(one => (one.Name, one.Type, one.Format));

    public bool HasIds => Path.Contains('{', StringComparison.Ordinal);

    /// <summary>The path with <paramref name="value"/> for every parameter in it.</summary>
    public string PathWith(string value) => PathWith(_ => value);

    /// <summary>The path with a value for each parameter in it, by the parameter's name.</summary>
    public string PathWith(Func<string, string> valueOf)
    {
        var parts = Path.Split('/')
            .Select(part => part.StartsWith('{') ? Uri.EscapeDataString(valueOf(part.Trim('{', '}'))) : part);
        return string.Join('/', parts);
    }

    /// <summary>Everything that <c>/openapi/v1.json</c> describes below <c>/api</c>.</summary>
    public static async Task<IReadOnlyList<Operation>> ReadAsync(Api api)
    {
        var description = (await api.GetAsync("/openapi/v1.json")).ShouldBe(200).Json;
        return
        [
            .. from path in description["paths"]!.AsObject()
            where path.Key.StartsWith("/api/", StringComparison.Ordinal)
            from operation in path.Value!.AsObject()
            select Read(path.Key, operation.Key, operation.Value!.AsObject()),
        ];
    }

    private static Operation Read(string path, string method, JsonObject told) =>
        new(
            HttpMethod.Parse(method.ToUpperInvariant()),
            path,
            [.. (told["parameters"]?.AsArray() ?? []).Select(one => Parameter(one!))],
            told["requestBody"] is not null,
            told["security"] is not null,
            told["responses"]!.AsObject().Select(answer => int.Parse(answer.Key, null)).ToHashSet()
        );

    private static (string, string, string?, string?) Parameter(JsonNode one)
    {
        var type = one["schema"]?["type"];
        return (
            (string)one["name"]!,
            (string)one["in"]!,
            type is JsonArray several ? (string?)several[^1] : (string?)type,
            (string?)one["schema"]?["format"]
        );
    }
}
