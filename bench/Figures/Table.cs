using System.Globalization;

namespace Figures;

/// <summary>Rows of figures, as Markdown.</summary>
internal sealed class Table(string title, params string[] columns)
{
    private readonly List<string[]> _rows =
    [
        ["", .. columns],
        ["---", .. columns.Select(_ => "--:")],
    ];

    public void Add(string name, params string[] cells) => _rows.Add([name, .. cells]);

    public void Print()
    {
        Console.WriteLine();
        Console.WriteLine(this);
    }

    /// <summary>A figure with as many digits as mean something.</summary>
    public static string Number(double value) =>
        value.ToString(
            value >= 100 ? "#,0"
                : value >= 10 ? "0.0"
                : "0.00",
            CultureInfo.InvariantCulture
        );

    /// <inheritdoc/>
    public override string ToString() =>
        string.Join('\n', [title, "", .. _rows.Select(row => $"| {string.Join(" | ", row)} |")]);
}
