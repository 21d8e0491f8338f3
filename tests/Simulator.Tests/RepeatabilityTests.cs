using Simulator.Ledgers;
using Simulator.People;
using Simulator.Tests.Running;

namespace Simulator.Tests;

/// <summary>A seed decides what people do; a run's name decides who they are.</summary>
public sealed class RepeatabilityTests
{
    [Fact]
    public void The_same_seed_plans_the_same_visits()
    {
        Told(seed: 5, "one run").ShouldBe(Told(seed: 5, "another run"));
    }

    [Fact]
    public void Another_seed_plans_other_visits()
    {
        Told(seed: 5, "one run").ShouldNotBe(Told(seed: 6, "one run"));
    }

    [Fact]
    public void Another_run_is_other_people()
    {
        Ids.Of("one run", "customer 1").ShouldBe(Ids.Of("one run", "customer 1"));
        Ids.Of("one run", "customer 1").ShouldNotBe(Ids.Of("another run", "customer 1"));
    }

    [Fact]
    public void An_actor_decides_the_same_whoever_else_decides_before()
    {
        var (alone, other, among) = (new Chance(1, "a"), new Chance(1, "b"), new Chance(1, "a"));

        other.Whole(1, 1000);

        Enumerable
            .Range(0, 50)
            .Select(_ => among.Whole(1, 1000))
            .ShouldBe(Enumerable.Range(0, 50).Select(_ => alone.Whole(1, 1000)).ToList());
    }

    [Fact]
    public void A_ledger_whose_last_line_was_cut_short_is_read_up_to_there()
    {
        using var folder = new DataFolder();
        var file = Path.Combine(folder.Path, "ledger.jsonl");
        using (var ledger = Ledger.Open(file))
        {
            ledger.Write(
                new Entry
                {
                    At = DateTimeOffset.UnixEpoch,
                    Actor = "customer 1",
                    Caller = Ids.Of("run", "customer 1"),
                    Deed = Deeds.Place,
                    Outcome = Outcome.Unknown,
                    Key = "visit 1",
                }
            );
        }
        File.AppendAllText(file, """{"at":"2026-""");

        var entry = Ledger.Read(file).ShouldHaveSingleItem();

        (entry.Deed, entry.Outcome, entry.Key).ShouldBe((Deeds.Place, Outcome.Unknown, "visit 1"));
    }

    private static List<string> Told(int seed, string run)
    {
        var plan = new TrafficPlan { Run = run, Seed = seed };
        var town = new Town(plan);
        return
        [
            .. Enumerable
                .Range(0, 200)
                .Select(number => VisitPlan.Of(number, plan, town))
                .Select(visit => $"{visit with { Basket = [] }} {string.Join(' ', visit.Basket)}"),
        ];
    }
}
