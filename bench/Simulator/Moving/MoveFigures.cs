using System.Globalization;
using Simulator.Calls;

namespace Simulator.Moving;

/// <summary>How long calls took.</summary>
/// <param name="Calls">How many there were.</param>
/// <param name="Median">Milliseconds.</param>
/// <param name="NinetyNine">Milliseconds that 99 of 100 did not take longer than.</param>
internal sealed record Latency(int Calls, double Median, double NinetyNine)
{
    public static Latency Of(IEnumerable<Timing> calls)
    {
        var took = calls.Select(call => call.Took.TotalMilliseconds).Order().ToList();
        return new Latency(took.Count, At(0.5), At(0.99));

        double At(double share) =>
            took.Count == 0 ? 0 : took[Math.Max(0, (int)Math.Ceiling(share * took.Count) - 1)];
    }
}

/// <summary>What the moves of one module did to people's calls.</summary>
/// <param name="Module">The module.</param>
/// <param name="Moves">How many there were.</param>
/// <param name="Longest">Seconds from the first write to the module's home until it was settled.</param>
/// <param name="Before">Calls to the module while nothing moved.</param>
/// <param name="During">Calls to it that were under way while it moved.</param>
/// <param name="OthersBefore">Calls to other modules while nothing moved.</param>
/// <param name="OthersDuring">Calls to them while it moved.</param>
/// <param name="Held">How many calls were held while data went over.</param>
/// <param name="HeldFor">Milliseconds that, in the worst of the moves, 99 of 100 were not held longer than.</param>
internal sealed record MoveFigures(
    string Module,
    int Moves,
    double Longest,
    Latency Before,
    Latency During,
    Latency OthersBefore,
    Latency OthersDuring,
    int Held,
    double HeldFor
)
{
    /// <summary>So many times as long deserves a look.</summary>
    private const double Much = 2;

    private const int MostSlow = 20;

    /// <summary>The slowest calls to it while it moved, where they took much longer than before.</summary>
    public IReadOnlyList<string> Slowest { get; init; } = [];

    /// <summary>How much longer the slowest hundredth took while the module moved; 1 is no longer.</summary>
    public double Ratio => Before.NinetyNine == 0 ? 0 : During.NinetyNine / Before.NinetyNine;

    public double OthersRatio =>
        OthersBefore.NinetyNine == 0 ? 0 : OthersDuring.NinetyNine / OthersBefore.NinetyNine;

    public static MoveFigures Of(
        string module,
        IReadOnlyList<MoveRecord> moves,
        IReadOnlyList<Timing> answered
    )
    {
        var before = Within(answered, [.. moves.Select(move => (move.CalmFrom, move.Typed))]);
        var during = Within(answered, [.. moves.Select(move => (move.Began, move.Ended))]);
        var figures = new MoveFigures(
            module,
            moves.Count,
            moves.Select(move => (move.Ended - move.Began).TotalSeconds).DefaultIfEmpty().Max(),
            Latency.Of(before.Where(call => call.Module == module)),
            Latency.Of(during.Where(call => call.Module == module)),
            Latency.Of(before.Where(call => call.Module != module)),
            Latency.Of(during.Where(call => call.Module != module)),
            moves.Sum(move => move.Held.Calls),
            moves.Select(move => move.Held.For.TotalMilliseconds).DefaultIfEmpty().Max()
        );
        return figures.Ratio <= Much
            ? figures
            : figures with
            {
                Slowest =
                [
                    .. during
                        .Where(call => call.Module == module)
                        .OrderByDescending(call => call.Took)
                        .Take(MostSlow)
                        .Select(call => $"{call}{WhenOf(call, moves)}"),
                ],
            };
    }

    /// <summary>When it was sent, by the beginning of the move.</summary>
    private static string WhenOf(Timing call, IReadOnlyList<MoveRecord> moves)
    {
        var move = moves.First(one => call.Began <= one.Ended && one.Began <= call.Ended);
        return string.Create(
            CultureInfo.InvariantCulture,
            $", {(call.Began - move.Began).TotalSeconds:0.0} s into its way to '{move.To}', which took {(move.Ended - move.Began).TotalSeconds:0.0} s"
        );
    }

    /// <summary>The calls that were under way at some moment of some span.</summary>
    private static List<Timing> Within(
        IReadOnlyList<Timing> calls,
        IReadOnlyList<(DateTimeOffset From, DateTimeOffset Until)> spans
    ) => [.. calls.Where(call => spans.Any(span => call.Began <= span.Until && span.From <= call.Ended))];
}
