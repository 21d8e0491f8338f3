using System.Globalization;
using Platform.Pages;

namespace Host.ControlRoom;

/// <summary>How the control room draws and writes how things went lately, on the page and on its stream.</summary>
/// <param name="Lines">The points of each line, by its name.</param>
/// <param name="Values">Figures as they are written, by their name.</param>
internal sealed record Charts(
    IReadOnlyDictionary<string, string> Lines,
    IReadOnlyDictionary<string, string> Values
)
{
    public static Charts Of(RoomView view, FigureTrends trends)
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
            foreach (var following in module.Subscriptions)
                Trend(RoomReader.LagOf(module.Name, following.Stream), FigureTrends.Quick);

            void Draw(string name, IReadOnlyList<double> points, double now, double seconds)
            {
                lines[$"{module.Name}-{name}"] = Chart.Draw([.. points.Select(point => (double?)point)]);
                values[$"{module.Name}-{name}"] = Written(now);
                values[$"{module.Name}-{name}-most"] = Written(points.Max() / seconds);
            }
        }
        foreach (var figure in view.Figures)
            Trend(RoomReader.LineOf(figure), FigureTrends.Slow);
        return new Charts(lines, values);

        void Trend(string line, TimeSpan step) => lines[line] = Chart.Draw(trends.Of(line, step));
    }

    private static string Written(double value) =>
        value.ToString(value < 100 ? "0.0" : "0", CultureInfo.CurrentCulture);
}
