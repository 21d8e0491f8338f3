using System.Tests.Running;
using System.Text.RegularExpressions;

namespace System.Tests.Kubernetes;

/// <summary>
/// The settings that the host is documented to know, one by one. What the host itself refuses when it starts is what
/// keeps the documents honest; they name sections, too, in which it would overlook a misspelt one.
/// </summary>
internal sealed partial class KnownSettings
{
    private static readonly string[] Documents = ["README.md", "docs/databases.md"];

    /// <summary>What the framework reads by other names than the host's.</summary>
    private static readonly Dictionary<string, string> Framework = new(StringComparer.Ordinal)
    {
        ["ASPNETCORE_URLS"] = "urls",
    };

    private readonly List<Regex> _keys;

    private KnownSettings(List<Regex> keys) => _keys = keys;

    public static KnownSettings Read()
    {
        var modules = string.Join(
            '|',
            Directory
                .EnumerateDirectories(Path.Combine(Repository.Root, "src", "Modules"))
                .Select(Path.GetFileName)
        );
        return new KnownSettings([
            .. Documents
                .SelectMany(document => KeysIn(File.ReadAllLines(Path.Combine(Repository.Root, document))))
                .Select(key =>
                    Regex.Escape(key).Replace(@"\{Name}", $"({modules})", StringComparison.Ordinal)
                )
                .Select(pattern => new Regex(
                    $"^{pattern}(:[0-9]+)?$",
                    RegexOptions.ExplicitCapture,
                    TimeSpan.FromSeconds(1)
                )),
        ]);
    }

    public bool Knows(string variable) =>
        variable == "ASPNETCORE_ENVIRONMENT"
        || _keys.Exists(key =>
            key.IsMatch(
                Framework.GetValueOrDefault(variable) ?? variable.Replace("__", ":", StringComparison.Ordinal)
            )
        );

    /// <summary>The first column of tables of keys; of what ends in "…" no single key can be told.</summary>
    private static IEnumerable<string> KeysIn(IEnumerable<string> lines)
    {
        var isTable = false;
        foreach (var line in lines)
        {
            isTable =
                line.StartsWith("| key |", StringComparison.Ordinal) || (isTable && line.StartsWith('|'));
            if (!isTable)
                continue;
            foreach (Match code in Code().Matches(line.Split('|')[1]))
            {
                if (!code.Value.Contains('…'))
                    yield return code.Value.Trim('`');
            }
        }
    }

    [GeneratedRegex("`[^`]+`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
