using System.Globalization;
using Simulator.Checking;

namespace Simulator.Moving;

/// <summary>Prints for a person what came of the moves.</summary>
internal static class MovingReport
{
    private const int MostCalls = 50;

    /// <summary>What to run to see it again is said where something was found.</summary>
    public static void Write(MovingOutcome outcome, string repeat, TextWriter output)
    {
        Report.Write(outcome.Verdict, output);
        output.WriteLine();
        if (outcome.Figures.Any(figures => figures.Moves > 0))
        {
            output.WriteLine(
                "module     moves  longest   calls before    p50    p99   while moving    p50    p99   p99 ratio"
            );
        }
        foreach (var figures in outcome.Figures.Where(one => one.Moves > 0))
        {
            Line(
                figures.Module,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{figures.Moves, 5}  {figures.Longest, 5:0.0} s"
                ),
                figures.Before,
                figures.During,
                figures.Ratio
            );
            Line(" others", "", figures.OthersBefore, figures.OthersDuring, figures.OthersRatio);
            foreach (var slow in figures.Slowest)
                output.WriteLine($" slow     {slow}");
            if (figures.Held > 0)
                output.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $" held     {figures.Held} calls while data went over, 99 of 100 for at most {figures.HeldFor:0} ms in the worst move"
                    )
                );
        }
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{outcome.Calls} calls, {outcome.Failed.Count} failed; {outcome.Explained} more were not served because of {outcome.Struck} disasters; {outcome.LeftOpen ?? "nothing left open"}."
            )
        );
        foreach (var call in outcome.Failed.Take(MostCalls))
            output.WriteLine($"failed: {call}");
        foreach (var failure in outcome.Failures)
            output.WriteLine($"command: {failure}");
        if (!outcome.IsClean)
            output.WriteLine($"To see it again: {repeat}");

        void Line(string name, string moves, Latency before, Latency during, double ratio) =>
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name, -9}  {moves, -14}  {before.Calls, 12}  {before.Median, 5:0.0}  {before.NinetyNine, 5:0.0}   {during.Calls, 12}  {during.Median, 5:0.0}  {during.NinetyNine, 5:0.0}   {ratio, 9:0.00}"
                )
            );
    }
}
