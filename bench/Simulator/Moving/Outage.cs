using Simulator.Calls;

namespace Simulator.Moving;

/// <summary>
/// What was taken away from people by a disaster: a call that it can explain is not held against the move. A command,
/// or a broker, that is killed takes nothing away, so there is none for them.
/// </summary>
/// <param name="replica">The replica that was down; null when it was none of those that people know.</param>
/// <param name="module">The module whose process was down; null when it was none.</param>
/// <param name="from">Since when.</param>
internal sealed class Outage(Uri? replica, string? module, DateTimeOffset from)
{
    private DateTimeOffset _until = DateTimeOffset.MaxValue;

    /// <summary>The server that all have their data on was down.</summary>
    public static Outage OfTheDatabases(DateTimeOffset from) => new(replica: null, module: null, from);

    /// <summary>It has passed.</summary>
    public void Ends(DateTimeOffset at) => _until = at;

    /// <summary>Whether the call was under way meanwhile, at what was down.</summary>
    public bool Explains(Timing call) =>
        call.Began <= _until
        && from <= call.Ended
        && (replica is null || call.At == replica)
        && (module is null || call.Module == module)
        // Said by a process that is well and knows no way; nothing that is down makes it right.
        && call.Code != "module_elsewhere";
}
