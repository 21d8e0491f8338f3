using Platform.Extraction;

namespace Host.Commands;

/// <summary>
/// Shows how far something has come with each table: on a terminal in one line that changes, elsewhere by a line for
/// each table that is done.
/// </summary>
/// <param name="done">What is done with rows, such as <c>copied</c>.</param>
internal sealed class ProgressLine(string done) : IProgress<CopyProgress>
{
    private static readonly bool IsLive = !Console.IsOutputRedirected;

    public void Report(CopyProgress value)
    {
        var line = FormattableString.Invariant(
            $"  {value.Table}: {value.Done:N0} of {value.InAll:N0} rows {done}"
        );
        var isDone = value.Done >= value.InAll;
        if (IsLive)
            Console.Write($"\r{line, -78}{(isDone ? "\r" : "")}");
        else if (isDone && value.InAll > 0)
            Console.WriteLine(line);
    }
}
