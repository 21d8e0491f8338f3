using System.Text.RegularExpressions;

namespace System.Tests.Kubernetes;

/// <summary>
/// The Secrets that the page of <c>deploy/kubernetes</c> has people create, by its own commands: names, and what is in
/// each.
/// </summary>
internal sealed partial class Secrets
{
    private readonly Dictionary<string, Dictionary<string, string>> _secrets;

    private Secrets(Dictionary<string, Dictionary<string, string>> secrets) => _secrets = secrets;

    public IReadOnlyCollection<string> Names => _secrets.Keys;

    public static Secrets Read() =>
        new(
            Created()
                .Matches(File.ReadAllText(Path.Combine(Overlay.Folder, "README.md")))
                .ToDictionary(match => match.Groups["name"].Value, Contents, StringComparer.Ordinal)
        );

    public IReadOnlyDictionary<string, string> Of(string name) => _secrets[name];

    private static Dictionary<string, string> Contents(Match command)
    {
        if (command.Groups["tls"].Success)
            return new(StringComparer.Ordinal) { ["tls.crt"] = "", ["tls.key"] = "" };
        if (command.Groups["key"].Success)
            return new(StringComparer.Ordinal) { [command.Groups["key"].Value] = "" };
        var example = Path.Combine(Overlay.Folder, "secrets", $"{command.Groups["file"].Value}.example.env");
        return File.ReadAllLines(example)
            .Where(line => line.Length > 0 && line[0] != '#')
            .ToDictionary(
                line => line[..line.IndexOf('=')],
                line => line[(line.IndexOf('=') + 1)..],
                StringComparer.Ordinal
            );
    }

    [GeneratedRegex(
        @"^kubectl -n monolith create secret ((?<tls>tls) (?<name>[a-z-]+) --cert=\S+ --key=\S+"
            + @"|generic (?<name>[a-z-]+) (--from-env-file=secrets/(?<file>[a-z-]+)\.env|--from-file=(?<key>[a-z.]+)=\S+))$",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        1000
    )]
    private static partial Regex Created();
}
