namespace Figures.Reports;

/// <summary>
/// Where figures go: to the console and, on request, into <c>docs/benchmarks.md</c> between the two comments that
/// name the measurement, with a plot beside it.
/// </summary>
internal sealed class Report(bool writes)
{
    private static readonly string Docs = Path.Combine(Repository.Root, "docs");

    public async Task AddAsync(string name, IReadOnlyList<Table> tables, IReadOnlyList<Plot> plots)
    {
        foreach (var table in tables)
            table.Print();
        if (!writes)
            return;
        var folder = Directory.CreateDirectory(Path.Combine(Docs, "benchmarks")).FullName;
        var parts = new List<string> { Machine.Description };
        parts.AddRange(tables.Select(table => table.ToString()));
        foreach (var plot in plots)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, $"{plot.Name}.svg"), plot.Draw());
            parts.Add($"![{plot.Title}](benchmarks/{plot.Name}.svg)");
        }
        await ReplaceAsync(name, string.Join("\n\n", parts));
    }

    private static async Task ReplaceAsync(string name, string text)
    {
        var file = Path.Combine(Docs, "benchmarks.md");
        var page = await File.ReadAllTextAsync(file);
        var (begin, end) = ($"<!-- figures: {name} -->", $"<!-- end of figures: {name} -->");
        var (from, to) = (
            page.IndexOf(begin, StringComparison.Ordinal),
            page.IndexOf(end, StringComparison.Ordinal)
        );
        if (from < 0 || to < from)
            throw new InvalidOperationException($"docs/benchmarks.md has no place for '{name}'.");
        await File.WriteAllTextAsync(file, $"{page[..(from + begin.Length)]}\n{text}\n{page[to..]}");
    }
}
