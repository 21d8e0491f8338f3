using Simulator.Checking;
using Simulator.Databases;
using Simulator.Deployments;
using Simulator.Identity;
using Simulator.Ledgers;
using Simulator.People;

namespace Simulator.Crashing;

/// <summary>What a deployment was like after it was mistreated.</summary>
/// <param name="Verdict">What the checker found.</param>
/// <param name="LeftOpen">What had not come to its end in time; null when all had.</param>
/// <param name="Disasters">How many there were.</param>
/// <param name="Visits">How many customers came.</param>
/// <param name="Unanswered">How many attempts had no answer, or a server's error for one.</param>
/// <param name="FailedOrders">
/// How many calls to Orders were answered with a server's error, where and while Orders was beside what was mistreated.
/// </param>
internal sealed record CrashOutcome(
    Verdict Verdict,
    string? LeftOpen,
    int Disasters,
    int Visits,
    int Unanswered,
    int FailedOrders
)
{
    public bool IsClean => Verdict.IsClean && LeftOpen is null && FailedOrders == 0;
}

/// <summary>
/// A deployment under the simulator's traffic, to which one disaster after the other happens. When the traffic's
/// time is over everything is made whole, comes to rest, and is checked.
/// </summary>
internal sealed class CrashTest(
    CrashPlan plan,
    DeploymentStores databases,
    IReadOnlyList<Disaster> disasters,
    TextWriter output,
    TimeProvider clock
)
{
    private const int ServerError = 500;

    /// <summary>How long a database that is back takes to be used again.</summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(10);

    /// <summary>When Orders itself was in trouble.</summary>
    private readonly List<(DateTimeOffset From, DateTimeOffset To)> _troubles = [];

    public async Task<CrashOutcome> RunAsync(CancellationToken stop)
    {
        var diary = new Diary(output, clock);
        await using var issuer = await TokenIssuer.StartAsync(
            Path.Combine(plan.Folder, "issuer-key.pem"),
            port: 0,
            clock
        );
        await using var deployment = await Deployment.StartAsync(
            plan.Replicas,
            plan.Folder,
            databases,
            issuer,
            clock,
            stop,
            plan.Spread
        );
        diary.Write($"{string.Join(", ", deployment.Processes.Select(process => process.Name))}: they serve");

        var struck = 0;
        var day = new TroubledDay(plan.Traffic, plan.Folder, plan.SettleWithin, databases, diary)
        {
            EndsWithIt = plan.Disasters is not null,
        };
        var outcome = await day.RunAsync(
            deployment,
            issuer,
            async (over, enough) =>
                struck = plan.KillEvery is { } every
                    ? await new SteadyKills(every, plan).RunAsync(deployment, diary, over, enough)
                    : await StrikeAsync(deployment, diary, over, enough),
            stop
        );
        var entries = outcome.Entries;
        foreach (var failed in entries.Where(IsFailedOrder))
            diary.Write($"{failed.Actor}: {failed.Deed} was answered {failed.Status} {failed.Code}");
        return new CrashOutcome(
            Checker.Check(outcome.Evidence),
            outcome.LeftOpen,
            struck,
            outcome.Visits,
            entries.Count(entry => entry.Outcome is Outcome.Unknown or Outcome.Unsent),
            plan.Spread?.IsLocal("Orders") is true ? entries.Count(IsFailedOrder) : 0
        );
    }

    /// <summary>
    /// Not a payment that times out, which is the test gateway's doing whoever is well or not, nor the answer of a
    /// process that was killed itself and is just coming back.
    /// </summary>
    private bool IsFailedOrder(Entry entry) =>
        entry.Status >= ServerError
        && entry.Code is not ("payment_timed_out" or "module_starting")
        && Deeds.OfOrders.Contains(entry.Deed)
        && !_troubles.Exists(trouble => trouble.From <= entry.At && entry.At <= trouble.To);

    private async Task<int> StrikeAsync(Deployment deployment, Diary diary, Task day, CancellationToken stop)
    {
        var chance = new Chance(plan.Traffic.Seed, "disasters");
        var began = clock.GetTimestamp();
        var struck = 0;
        while (disasters.Count > 0 && !(struck >= plan.Disasters))
        {
            var peace = chance.Seconds(plan.Peace.Least.TotalSeconds, plan.Peace.Most.TotalSeconds);
            await Task.WhenAny(day, Task.Delay(peace, clock, stop));
            if (day.IsCompleted || clock.GetElapsedTime(began) >= plan.Traffic.Duration)
                break;
            // Each kind has had its turn before any comes again, so that a short run has seen them all.
            var disaster = disasters[struck % disasters.Count];
            var from = clock.GetUtcNow();
            await disaster.StrikeAsync(deployment, chance, diary, stop);
            if (disaster.StrikesOrders)
                _troubles.Add((from, clock.GetUtcNow() + Recovery));
            struck++;
        }
        return struck;
    }
}
