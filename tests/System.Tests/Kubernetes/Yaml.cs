using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace System.Tests.Kubernetes;

/// <summary>
/// YAML as JSON, which is what the API is sent. What YAML 1.1 and 1.2 read differently is refused: nobody should have to
/// know which of them a tool follows.
/// </summary>
internal static partial class Yaml
{
    public static IReadOnlyList<JsonObject> Read(string file)
    {
        using var text = File.OpenText(file);
        return Read(text);
    }

    public static IReadOnlyList<JsonObject> Read(TextReader text)
    {
        var stream = new YamlStream();
        stream.Load(text);
        return
        [
            .. stream.Documents.Select(document =>
                Convert(document.RootNode) as JsonObject ?? throw new FormatException("It is no mapping.")
            ),
        ];
    }

    private static JsonNode? Convert(YamlNode node) =>
        node switch
        {
            YamlMappingNode mapping => new JsonObject(
                mapping.Children.Select(child => KeyValuePair.Create($"{child.Key}", Convert(child.Value)))
            ),
            YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Convert)]),
            YamlScalarNode { Style: not ScalarStyle.Plain } quoted => JsonValue.Create(quoted.Value),
            YamlScalarNode plain => Plain(plain.Value!),
            _ => throw new FormatException($"{node} is neither mapping, sequence nor scalar."),
        };

    private static JsonNode? Plain(string text) =>
        text switch
        {
            "" or "~" or "null" => null,
            "true" => JsonValue.Create(true),
            "false" => JsonValue.Create(false),
            _ when Ambiguous().IsMatch(text) => throw new FormatException(
                $"'{text}' is read in more than one way: quote it, or write it as a plain number."
            ),
            _ when int.TryParse(
                    text,
                    NumberStyles.AllowLeadingSign,
                    CultureInfo.InvariantCulture,
                    out var whole
                ) => JsonValue.Create(whole),
            _ when Number().IsMatch(text) => JsonValue.Create(
                double.Parse(text, CultureInfo.InvariantCulture)
            ),
            _ => JsonValue.Create(text),
        };

    [GeneratedRegex(
        "^(y|n|yes|no|on|off|[-+]?0[0-9_]+|0[xob].*|[0-9]+(:[0-9]+)+)$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Ambiguous();

    [GeneratedRegex(
        @"^[-+]?[0-9]*\.?[0-9]+(e[-+]?[0-9]+)?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Number();
}
