using Platform.Ops;

namespace Host.ControlRoom;

/// <summary>
/// What speaks for or against a module's leaving, as far as figures can say it. Those of traffic are of the last half
/// minute; a figure that cannot be had is null.
/// </summary>
/// <param name="Module">Which.</param>
/// <param name="RequestsPerSecond">Requests to its paths.</param>
/// <param name="RequestsPercent">Their share of those to all modules.</param>
/// <param name="CommandsPerSecond">Commands to its database.</param>
/// <param name="CommandsPercent">Their share of those of all modules.</param>
/// <param name="FailedPercent">The share of its requests that was answered with 5xx.</param>
/// <param name="Milliseconds">Mean time of an answer.</param>
/// <param name="Lag">How many events it is behind, in the stream in which it is most.</param>
/// <param name="DeadLetters">How many events are parked.</param>
/// <param name="EventsInLastHour">How many events it said: how fast what it knows changes.</param>
/// <param name="Rows">Rows of all its tables.</param>
/// <param name="RowsPercent">Their share of those of all modules.</param>
internal sealed record ScoreView(
    string Module,
    double RequestsPerSecond,
    double RequestsPercent,
    double CommandsPerSecond,
    double CommandsPercent,
    double FailedPercent,
    double Milliseconds,
    long? Lag,
    int? DeadLetters,
    int? EventsInLastHour,
    long? Rows,
    double? RowsPercent
);

/// <summary>Fills in what figures can say on whether a module should leave; the rest is people's to answer.</summary>
internal static class ScoreCard
{
    public static IReadOnlyList<ScoreView> Of(RoomView view, IReadOnlyList<ModuleSizeView> sizes)
    {
        var requests = view.Modules.Sum(one => one.Pace.RequestsPerSecond);
        var commands = view.Modules.Sum(one => one.Pace.CommandsPerSecond);
        var rows = sizes.Sum(size => size.Rows ?? 0);
        return
        [
            .. view.Modules.Select(one =>
                Of(one.Module, one.Pace, sizes.FirstOrDefault(size => size.Module == one.Module.Name))
            ),
        ];

        ScoreView Of(ModuleView module, ModulePace pace, ModuleSizeView? size) =>
            new(
                module.Name,
                pace.RequestsPerSecond,
                Percent(pace.RequestsPerSecond, requests),
                pace.CommandsPerSecond,
                Percent(pace.CommandsPerSecond, commands),
                Percent(pace.FailuresPerSecond, pace.RequestsPerSecond),
                pace.Milliseconds,
                module.Subscriptions.Max(following => following.Lag),
                module.Subscriptions.Any(following => following.DeadLetters is null)
                    ? null
                    : module.Subscriptions.Sum(following => following.DeadLetters),
                size?.EventsInLastHour,
                size?.Rows,
                size?.Rows is { } own ? Percent(own, rows) : null
            );
    }

    private static double Percent(double part, double whole) => whole > 0 ? 100 * part / whole : 0;
}
