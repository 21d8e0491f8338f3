using Simulator.Calls;
using Simulator.Checking;
using Simulator.Databases;
using Simulator.Deployments;
using Simulator.Identity;
using Simulator.Ledgers;
using Simulator.People;

namespace Simulator.Crashing;

/// <summary>What a day came to.</summary>
/// <param name="Evidence">What the checker goes by.</param>
/// <param name="Entries">What people wrote down.</param>
/// <param name="LeftOpen">What had not come to its end in time; null when all had.</param>
/// <param name="Visits">How many customers came.</param>
internal sealed record DayOutcome(
    Evidence Evidence,
    IReadOnlyList<Entry> Entries,
    string? LeftOpen,
    int Visits
);

/// <summary>
/// A day of the simulator's people, on which something happens to what they use. Then everything comes to rest, and the
/// evidence is gathered.
/// </summary>
/// <param name="traffic">Who comes, and how often.</param>
/// <param name="folder">Where the ledger goes.</param>
/// <param name="settleWithin">How long it may take to come to rest.</param>
/// <param name="databases">What is looked at in the end.</param>
/// <param name="diary">Is told.</param>
internal sealed class TroubledDay(
    TrafficPlan traffic,
    string folder,
    TimeSpan settleWithin,
    DeploymentStores databases,
    Diary diary
)
{
    /// <summary>Notes how long each call takes; nobody does when it is null.</summary>
    public Timings? Timings { get; init; }

    /// <summary>Whether no more customers come once all has happened; else the traffic's own time decides.</summary>
    public required bool EndsWithIt { get; init; }

    /// <summary>Lets people come while something happens.</summary>
    /// <param name="deployment">What they use.</param>
    /// <param name="issuer">Who vouches for them.</param>
    /// <param name="happenAsync">What happens; it is told when the day is over by itself.</param>
    /// <param name="stop">Gives up.</param>
    public async Task<DayOutcome> RunAsync(
        Deployment deployment,
        TokenIssuer issuer,
        Func<Task<bool>, CancellationToken, Task> happenAsync,
        CancellationToken stop
    )
    {
        var ledgerFile = Path.Combine(folder, "ledger.jsonl");
        bool closed;
        int visits;
        using (var ledger = Ledger.Open(ledgerFile))
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
            using var noMoreCustomers = new CancellationTokenSource();
            var people = new Traffic(traffic, deployment.Addresses, issuer, ledger, diary.Clock, Timings);
            var day = people.RunAsync(noMoreCustomers.Token, enough.Token);
            try
            {
                // What happens to nobody shows nothing.
                await Task.WhenAny(people.Begun, day);
                await happenAsync(day, enough.Token);
            }
            catch
            {
                await enough.CancelAsync();
                throw;
            }
            if (EndsWithIt)
                await noMoreCustomers.CancelAsync();
            diary.Write($"{people.Visits} customers have come; nothing more happens to them");
            closed = await day;
            visits = people.Visits;
        }
        diary.Write(closed ? "everything has come to its end" : "not everything came to its end");
        var left = await new Settling(databases, diary.Clock).WaitAsync(settleWithin, stop);
        diary.Write(left ?? "at rest");
        var entries = Ledger.Read(ledgerFile);
        return new DayOutcome(
            await Evidence.GatherAsync(entries, databases, stop),
            entries,
            left ?? (closed ? null : "somebody still waited"),
            visits
        );
    }
}
