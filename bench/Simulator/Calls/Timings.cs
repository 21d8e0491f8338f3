using System.Collections.Concurrent;
using Simulator.Ledgers;

namespace Simulator.Calls;

/// <summary>How one attempt at a call went: every one, also those that the ledger passes over because they change nothing.</summary>
/// <param name="Began">When it was sent.</param>
/// <param name="Took">Until its answer had been read, or there was none.</param>
/// <param name="At">The replica it was sent to.</param>
/// <param name="Path">What was asked for.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Status">The answer's; null when there was none.</param>
/// <param name="Code">A problem's code, or what went wrong on the way.</param>
internal sealed record Timing(
    DateTimeOffset Began,
    TimeSpan Took,
    Uri At,
    string Path,
    Outcome Outcome,
    int? Status,
    string? Code
)
{
    private static readonly (string Start, string Module)[] Paths =
    [
        ("/api/stores", "Orders"),
        ("/api/orders", "Orders"),
        ("/api/riders", "Riders"),
        ("/api/deliveries", "Riders"),
        ("/api/reviews", "Reviews"),
    ];

    public DateTimeOffset Ended => Began + Took;

    /// <summary>The module that answers such a call.</summary>
    public string Module { get; } =
        Array.Find(Paths, one => Path.StartsWith(one.Start, StringComparison.Ordinal)).Module ?? "";

    /// <summary>Whether the test gateway let a payment time out, which it does whoever is well or not.</summary>
    public bool WaitedForPayment => Code == "payment_timed_out";

    /// <summary>Whether somebody who did everything right was not served.</summary>
    public bool Failed =>
        Outcome is Outcome.Unsent or Outcome.Unknown && !WaitedForPayment || Status is 401 or 403;

    public override string ToString() =>
        $"{Began:HH:mm:ss.fff}, {Path.Split('?')[0]} at {At}: {Status?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "no answer"} {Code} after {Took.TotalSeconds:0.000} s";
}

/// <summary>How all attempts of a run went.</summary>
internal sealed class Timings
{
    private readonly ConcurrentQueue<Timing> _all = [];

    public IReadOnlyList<Timing> All => [.. _all];

    public void Note(Timing timing) => _all.Enqueue(timing);
}
