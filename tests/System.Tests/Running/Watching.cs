using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace System.Tests.Running;

/// <summary>The dashboard and the alerts in <c>deploy</c>: every expression, by where it stands.</summary>
internal static partial class Watching
{
    public static IReadOnlyList<(string Place, string Expression)> Dashboard() =>
        [
            .. from panel in Read("deploy/grafana/monolith.json")["panels"]!.AsArray()
            from target in panel!["targets"]?.AsArray() ?? []
            select ((string)panel["title"]!, (string)target!["expr"]!),
        ];

    public static IReadOnlyList<(string Place, string Expression)> Alerts()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "deploy/prometheus/alerts.yml"));
        return
        [
            .. Alert()
                .Matches(text)
                .Select(alert => (alert.Groups["name"].Value, alert.Groups["expression"].Value)),
        ];
    }

    /// <summary>The metrics that an expression names; functions and labels are told by what follows or holds them.</summary>
    public static IEnumerable<string> MetricsIn(string expression) =>
        Metric().Matches(expression).Select(match => match.Value);

    private static JsonNode Read(string path) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, path)))!;

    [GeneratedRegex(
        @"- alert: (?<name>\w+)\n +expr: (?<expression>.+)\n",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Alert();

    [GeneratedRegex(
        @"\b(monolith|http|dotnet|kestrel|aspnetcore)_\w+(?!\w*\s*=)",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Metric();
}
