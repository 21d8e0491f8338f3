using System.Globalization;
using System.Text.RegularExpressions;

namespace System.Tests.Running;

/// <summary>One answer of <c>/metrics</c>, read as Prometheus reads it: a line that does not parse fails it all.</summary>
internal sealed partial class Scrape
{
    private readonly List<(string Name, string Labels, double Value)> _samples = [];

    private Scrape() { }

    /// <summary>The name of every sample, those of a histogram's parts included.</summary>
    public IReadOnlySet<string> Names =>
        _samples.Select(sample => sample.Name).ToHashSet(StringComparer.Ordinal);

    public static async Task<Scrape> TakeAsync(HostProcess host) =>
        Read((await host.Api.GetAsync("/metrics")).ShouldBe(200).Body);

    /// <summary>The sum of the samples that have the name and each of the labels, written <c>name="value"</c>.</summary>
    public double Sum(string name, params IReadOnlyList<string> labels)
    {
        var found = _samples.FindAll(sample =>
            sample.Name == name
            && labels.All(label => sample.Labels.Contains(label, StringComparison.Ordinal))
        );
        found.ShouldNotBeEmpty($"{name} {string.Join(", ", labels)}");
        return found.Sum(sample => sample.Value);
    }

    public bool Has(string name, params IReadOnlyList<string> labels) =>
        _samples.Exists(sample =>
            sample.Name == name
            && labels.All(label => sample.Labels.Contains(label, StringComparison.Ordinal))
        );

    private static Scrape Read(string text)
    {
        var scrape = new Scrape();
        var types = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Type().Match(line) is { Success: true } type)
                types.Add(type.Groups["name"].Value).ShouldBeTrue($"'{line}' is there twice");
            if (line.StartsWith('#'))
                continue;
            var sample = Sample().Match(line);
            sample.Success.ShouldBeTrue($"'{line}' is no sample");
            var name = sample.Groups["name"].Value;
            types
                .Any(known => name.StartsWith(known, StringComparison.Ordinal))
                .ShouldBeTrue($"'{line}' has no type");
            scrape._samples.Add((name, sample.Groups["labels"].Value, Number(sample.Groups["value"].Value)));
        }
        return scrape;
    }

    private static double Number(string text) =>
        text switch
        {
            "+Inf" => double.PositiveInfinity,
            "-Inf" => double.NegativeInfinity,
            _ => double.Parse(text, CultureInfo.InvariantCulture),
        };

    [GeneratedRegex(@"^# TYPE (?<name>\S+) (counter|gauge|histogram)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Type();

    [GeneratedRegex(
        """^(?<name>[a-z_:][a-z0-9_:]*)(\{(?<labels>([a-z_]+="([^"\\]|\\.)*",?)+)\})? (?<value>[-+0-9.eENaInf]+)( \d+)?$""",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase,
        1000
    )]
    private static partial Regex Sample();
}
