using System.Globalization;
using System.Security;
using System.Text;

namespace Figures.Reports;

/// <summary>Bars beside one another, drawn as SVG, with a line where the wanted value is.</summary>
internal sealed class Plot(string name, string title, string unit)
{
    private const int Width = 720;
    private const int LabelWidth = 210;
    private const int BarHeight = 24;
    private const int Gap = 12;
    private const int Top = 56;
    private const int Right = 80;

    private static readonly string[] Colours = ["#2b6cb0", "#a0aec0"];

    private readonly List<(string Label, double Value, int Colour)> _bars = [];
    private (string Label, double Value)? _mark;

    public string Name => name;

    public string Title => title;

    /// <summary>Adds a bar; those that are compared with the platform are grey.</summary>
    public void Add(string label, double value, bool isOurs = true) =>
        _bars.Add((label, value, isOurs ? 0 : 1));

    /// <summary>Where the wanted value is.</summary>
    public void Mark(string label, double value) => _mark = (label, value);

    public string Draw()
    {
        var most = _bars.Select(bar => bar.Value).Append(_mark?.Value ?? 0).Max();
        double Length(double value) => most > 0 ? value / most * (Width - LabelWidth - Right) : 0;
        var height = Top + (_bars.Count * (BarHeight + Gap)) + 34;
        var svg = new StringBuilder();
        svg.Append(
            CultureInfo.InvariantCulture,
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {height}" width="{Width}" height="{height}" role="img" font-family="system-ui, sans-serif" font-size="14">
              <title>{Escape(title)}</title>
              <rect width="100%" height="100%" fill="#ffffff"/>
              <text x="16" y="28" font-size="16" font-weight="600" fill="#1a202c">{Escape(title)}</text>
              <text x="16" y="46" font-size="12" fill="#4a5568">{Escape(unit)}</text>

            """
        );
        foreach (var (index, bar) in _bars.Index())
        {
            var y = Top + (index * (BarHeight + Gap));
            svg.Append(
                CultureInfo.InvariantCulture,
                $"""
                  <text x="{LabelWidth - 10}" y="{y + 17}" text-anchor="end" fill="#1a202c">{Escape(
                    bar.Label
                )}</text>
                  <rect x="{LabelWidth}" y="{y}" width="{Length(
                    bar.Value
                ):0.0}" height="{BarHeight}" rx="2" fill="{Colours[bar.Colour]}"/>
                  <text x="{LabelWidth + Length(bar.Value) + 8:0.0}" y="{y
                    + 17}" fill="#1a202c">{Table.Number(bar.Value)}</text>

                """
            );
        }
        if (_mark is { } mark)
        {
            var x = LabelWidth + Length(mark.Value);
            svg.Append(
                CultureInfo.InvariantCulture,
                $"""
                  <line x1="{x:0.0}" x2="{x:0.0}" y1="{Top - 4}" y2="{height
                    - 26}" stroke="#c53030" stroke-dasharray="4 3"/>
                  <text x="{x:0.0}" y="{height
                    - 10}" text-anchor="middle" font-size="12" fill="#c53030">{Escape(mark.Label)}</text>

                """
            );
        }
        return svg.Append("</svg>\n").ToString();
    }

    private static string Escape(string text) => SecurityElement.Escape(text);
}
