namespace Simulator.Moving;

/// <summary>One move as it went.</summary>
/// <param name="Module">What moved.</param>
/// <param name="To">Where to.</param>
/// <param name="CalmFrom">Since when nothing moved before it.</param>
/// <param name="Typed">When the command was started: until then nothing moved.</param>
/// <param name="Began">When the module's home was first written to.</param>
/// <param name="Ended">When it was settled at its new home.</param>
internal sealed record MoveRecord(
    string Module,
    string To,
    DateTimeOffset CalmFrom,
    DateTimeOffset Typed,
    DateTimeOffset Began,
    DateTimeOffset Ended
)
{
    /// <summary>How many calls were held while data went over, and for how long at the most 99 of 100 of them.</summary>
    public (int Calls, TimeSpan For) Held { get; init; }
}
