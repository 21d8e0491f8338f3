using System.Globalization;

namespace Figures;

/// <summary>How much is measured. <c>--short</c> takes a minute or so per measurement; each size has its own argument.</summary>
internal sealed record Sizes(int Rounds, int Seconds, int WarmUp, int Backlog, int Stored, int Modules)
{
    private static readonly Sizes Full = new(
        Rounds: 5,
        Seconds: 10,
        WarmUp: 30_000,
        Backlog: 50_000,
        Stored: 1_000_000,
        Modules: 30
    );

    private static readonly Sizes Short = new(
        Rounds: 3,
        Seconds: 3,
        WarmUp: 3_000,
        Backlog: 5_000,
        Stored: 100_000,
        Modules: 30
    );

    public static Sizes From(string[] arguments)
    {
        var sizes = arguments.Contains("--short") ? Short : Full;
        return new Sizes(
            Number(arguments, "--rounds", sizes.Rounds),
            Number(arguments, "--seconds", sizes.Seconds),
            Number(arguments, "--warm-up", sizes.WarmUp),
            Number(arguments, "--backlog", sizes.Backlog),
            Number(arguments, "--stored", sizes.Stored),
            Number(arguments, "--modules", sizes.Modules)
        );
    }

    public static int Number(string[] arguments, string name, int otherwise) =>
        Array.IndexOf(arguments, name) is >= 0 and var at
            ? int.Parse(arguments[at + 1], CultureInfo.InvariantCulture)
            : otherwise;
}
