using Simulator.Calls;
using Simulator.Checking;
using Simulator.Crashing;
using Simulator.Databases;
using Simulator.Deployments;
using Simulator.Identity;
using Simulator.Ledgers;
using Simulator.People;

namespace Simulator.Moving;

/// <summary>What became of a deployment whose modules moved.</summary>
/// <param name="Verdict">What the checker found.</param>
/// <param name="LeftOpen">What had not come to its end in time; null when all had.</param>
/// <param name="Figures">What the moves of each module did to people's calls; of those without a disaster.</param>
/// <param name="Failed">Calls that were not served, and that no disaster explains.</param>
/// <param name="Explained">How many calls were not served, and a disaster explains it.</param>
/// <param name="Calls">How many calls there were.</param>
/// <param name="Failures">What a command did that it must not.</param>
/// <param name="Struck">How many disasters there were.</param>
internal sealed record MovingOutcome(
    Verdict Verdict,
    string? LeftOpen,
    IReadOnlyList<MoveFigures> Figures,
    IReadOnlyList<Timing> Failed,
    int Explained,
    int Calls,
    IReadOnlyList<string> Failures,
    int Struck
)
{
    public bool IsClean => Verdict.IsClean && LeftOpen is null && Failed.Count == 0 && Failures.Count == 0;
}

/// <summary>A deployment under the simulator's traffic, whose modules move out and back by an operator's command.</summary>
internal sealed class MovingTest(
    MovingPlan plan,
    Spread spread,
    DeploymentStores databases,
    IReadOnlyList<MovingDisaster> disasters,
    TextWriter output,
    TimeProvider clock
)
{
    public async Task<MovingOutcome> RunAsync(CancellationToken stop)
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
            spread
        );
        var token = issuer.Issue(Ids.Of(plan.Traffic.Run, "mover"), "operator");
        using var stage = new Stage(deployment, spread, databases, token, diary);
        await stage.ReadyAsync(stop);
        diary.Write($"{string.Join(", ", deployment.Processes.Select(process => process.Name))}: they serve");

        var journeys = new Journeys(stage, disasters, new Chance(plan.Traffic.Seed, "moves"));
        var timings = new Timings();
        var day = new TroubledDay(plan.Traffic, plan.Folder, plan.SettleWithin, databases, diary)
        {
            Timings = timings,
            EndsWithIt = true,
        };
        var outcome = await day.RunAsync(
            deployment,
            issuer,
            (over, enough) => MoveAllAsync(journeys, over, enough),
            stop
        );
        var calls = timings.All;
        var failed = calls.Where(call => call.Failed).ToList();
        var unexplained = failed.Where(call => !stage.Explains(call)).ToList();
        return new MovingOutcome(
            Checker.Check(outcome.Evidence),
            outcome.LeftOpen,
            FiguresOf(journeys.Moves, [.. calls.Where(call => !call.WaitedForPayment)]),
            unexplained,
            failed.Count - unexplained.Count,
            calls.Count,
            journeys.Failures,
            journeys.Struck
        );
    }

    private async Task MoveAllAsync(Journeys journeys, Task<bool> day, CancellationToken stop)
    {
        await RestAsync(plan.WarmUp, day, stop);
        foreach (var module in plan.Modules)
        {
            for (var move = 0; move < 2 * plan.Rounds; move++)
            {
                journeys.BeCalm();
                await RestAsync(plan.Calm, day, stop);
                await journeys.MoveAsync(module, stop);
            }
            await journeys.EndAsync(module, stop);
        }
        await RestAsync(plan.Calm, day, stop);
    }

    /// <summary>Lets people go on; ends at once when they cannot.</summary>
    private async Task RestAsync(TimeSpan time, Task<bool> day, CancellationToken stop)
    {
        if (await Task.WhenAny(day, Task.Delay(time, clock, stop)) == day)
        {
            await day;
            throw new InvalidOperationException("The customers' day was over before the moves were.");
        }
    }

    private IReadOnlyList<MoveFigures> FiguresOf(
        IReadOnlyList<MoveRecord> moves,
        IReadOnlyList<Timing> calls
    ) =>
        [
            .. plan.Modules.Select(module =>
                MoveFigures.Of(module, [.. moves.Where(move => move.Module == module)], calls)
            ),
        ];
}
