using System.Diagnostics;
using Platform.Testing;
using Simulator.Deployments;
using Simulator.People;

namespace Simulator.Crashing;

/// <summary>
/// The database server ends, half of the time in order (<c>fast</c>), half of the time as if its machine had lost
/// power (<c>immediate</c>), and is started again on what it had written.
/// </summary>
internal sealed class StopPostgreSql(PostgreSqlServer server) : Disaster
{
    /// <summary>All have their databases there.</summary>
    public override bool StrikesOrders => true;

    public override async Task StrikeAsync(
        Deployment deployment,
        Chance chance,
        Diary diary,
        CancellationToken stop
    )
    {
        var (fast, downFor) = (chance.Of(0.5), chance.Seconds(0.5, 5));
        diary.Write($"PostgreSQL is stopped, {(fast ? "fast" : "immediately")}");
        if (fast)
        {
            using var kill = Process.Start("kill", ["-INT", $"{server.ProcessId}"]);
            await kill.WaitForExitAsync(stop);
            await Eventually.HoldsAsync(HasEnded, "PostgreSQL has shut down");
        }
        await server.CrashAsync();
        try
        {
            await Task.Delay(downFor, diary.Clock, stop);
        }
        finally
        {
            await server.StartAgainAsync();
        }
        diary.Write($"PostgreSQL is back after {downFor.TotalSeconds:0.0} s");
    }

    /// <summary>It is another process's child, which may not have looked after it yet: then it is a zombie.</summary>
    private bool HasEnded()
    {
        var stat = $"/proc/{server.ProcessId}/stat";
        return !File.Exists(stat) || File.ReadAllText(stat).Contains(") Z ", StringComparison.Ordinal);
    }
}
