using System.Globalization;

namespace Host.Pages;

/// <summary>How the control room draws and writes what each module did lately, on the page and on its stream.</summary>
/// <param name="Lines">The points of each line, by the chart's name, as an SVG polyline takes them.</param>
/// <param name="Values">Figures as they are written, by their name.</param>
internal sealed record OpsCharts(
    IReadOnlyDictionary<string, string> Lines,
    IReadOnlyDictionary<string, string> Values
)
{
    public const int Width = 59;
    public const int Height = 40;
    private const double Edge = 2;

    public static OpsCharts Of(OpsView view)
    {
        var (lines, values) = (
            new Dictionary<string, string>(StringComparer.Ordinal),
            new Dictionary<string, string>(StringComparer.Ordinal)
        );
        foreach (var (module, pace) in view.Modules)
        {
            Draw("requests", pace.Requests, pace.RequestsPerSecond, ModulePaces.Bucket.TotalSeconds);
            Draw("wait", pace.Waits, pace.Milliseconds, 1);
            Draw("commands", pace.Commands, pace.CommandsPerSecond, ModulePaces.Bucket.TotalSeconds);
            values[$"{module.Name}-failures"] = Written(pace.FailuresPerSecond);

            void Draw(string name, IReadOnlyList<double> points, double now, double seconds)
            {
                lines[$"{module.Name}-{name}"] = Line(points);
                values[$"{module.Name}-{name}"] = Written(now);
                values[$"{module.Name}-{name}-most"] = Written(points.Max() / seconds);
            }
        }
        return new OpsCharts(lines, values);
    }

    private static string Written(double value) =>
        value.ToString(value < 100 ? "0.0" : "0", CultureInfo.CurrentCulture);

    private static string Line(IReadOnlyList<double> points)
    {
        var most = Math.Max(1, points.Max());
        return string.Join(
            ' ',
            points.Select(
                (value, index) =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{index},{Height - Edge - ((Height - (2 * Edge)) * value / most):0.#}"
                    )
            )
        );
    }
}
