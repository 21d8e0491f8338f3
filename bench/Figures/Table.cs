namespace Figures;

/// <summary>Rows of figures, printed as Markdown.</summary>
internal sealed class Table(string title, params string[] columns)
{
    private readonly List<string[]> _rows = [["", .. columns], ["---", .. columns.Select(_ => "--:")]];

    public void Add(string name, params string[] cells) => _rows.Add([name, .. cells]);

    public void Print()
    {
        Console.WriteLine();
        Console.WriteLine(title);
        Console.WriteLine();
        foreach (var row in _rows)
            Console.WriteLine($"| {string.Join(" | ", row)} |");
    }
}
