using Simulator.Checking;
using Simulator.Ledgers;
using Simulator.Tests.Running;

namespace Simulator.Tests;

/// <summary>The checker finds nothing in a good day, and in a spoilt one exactly what was spoilt.</summary>
public sealed class CheckerTests(FinishedDay finished)
{
    public static TheoryData<string> Bugs => [.. PlantedBug.All.Select(bug => bug.Name)];

    [Fact]
    public async Task A_good_day_is_clean_and_every_rule_has_compared_something()
    {
        using var day = finished.Copy();

        var verdict = await day.CheckAsync();

        finished.Closed.ShouldBeTrue();
        finished.LeftOver.ShouldBeNull();
        finished.Visits.ShouldBe(FinishedDay.Orders);
        verdict.Findings.ShouldBeEmpty();
        verdict.Rules.Where(rule => rule.Compared == 0).Select(rule => rule.Name).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Bugs))]
    public async Task It_names_what_was_planted(string name)
    {
        using var day = finished.Copy();
        var bug = PlantedBug.All.Single(one => one.Name == name);

        var subject = bug.Plant(day);

        var verdict = await day.CheckAsync();
        verdict.IsClean.ShouldBeFalse();
        verdict.Findings.ShouldContain(
            finding =>
                finding.Kind == bug.Kind
                && finding.Rule == bug.Rule
                && finding.Subject.Equals(subject, StringComparison.OrdinalIgnoreCase),
            $"{subject}\n{string.Join('\n', verdict.Findings)}"
        );
    }

    [Fact]
    public async Task Every_rule_has_been_seen_to_fail()
    {
        using var day = finished.Copy();
        var rules = (await day.CheckAsync()).Rules.Select(rule => rule.Name);

        rules.Except(PlantedBug.All.Select(bug => bug.Rule), StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public async Task It_names_what_was_seen_in_another_order()
    {
        using var day = finished.Copy();
        var lines = await File.ReadAllLinesAsync(day.LedgerFile);
        var seen = Ledger.Read(day.LedgerFile).Index().Where(line => line.Item.Deed == Deeds.SeeOrder);
        var twice = seen.GroupBy(line => line.Item.Subject).First(order => order.Count() > 1).ToList();
        var (first, second) = (twice[0].Index, twice[1].Index);
        (lines[first], lines[second]) = (lines[second], lines[first]);
        await File.WriteAllLinesAsync(day.LedgerFile, lines);

        var verdict = await day.CheckAsync();

        verdict.Findings.ShouldContain(finding =>
            finding.Kind == FindingKind.OutOfOrder && finding.Subject == $"{twice[0].Item.Subject}"
        );
    }

    [Fact]
    public async Task It_names_an_order_that_was_refused_and_is_there_all_the_same()
    {
        using var day = finished.Copy();
        var placed = Ledger
            .Read(day.LedgerFile)
            .First(entry => entry is { Deed: Deeds.Place, Outcome: Outcome.Done });
        var refused = (await File.ReadAllLinesAsync(day.LedgerFile)).Select(line =>
            line.Contains($"\"{placed.Key}\"", StringComparison.Ordinal)
                ? line.Replace("\"done\"", "\"refused\"", StringComparison.Ordinal)
                : line
        );
        await File.WriteAllLinesAsync(day.LedgerFile, [.. refused]);

        var verdict = await day.CheckAsync();

        verdict.Findings.ShouldContain(finding =>
            finding.Kind == FindingKind.Unexpected && finding.Subject == $"{placed.Id}"
        );
    }

    [Fact]
    public async Task It_names_a_dead_letter()
    {
        using var day = finished.Copy();
        day.Spoil(
            "reviews",
            """
            INSERT INTO dead_letter (Id, Stream, Position, EventId, Type, "Key", Payload, OccurredAt, Error, Attempts, FirstFailedAt, LastFailedAt)
            VALUES ('0199C000-0000-7000-8000-00000000DEAD', 'orders', 3, '0199C000-0000-7000-8000-00000000DEAD', 'orders.order-delivered.v1',
                '0199C000-0000-7000-8000-00000000DEAD', '{}', 0, 'It broke.', 5, 0, 0)
            """
        );

        var verdict = await day.CheckAsync();

        verdict
            .Findings.ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                finding => finding.Kind.ShouldBe(FindingKind.Stuck),
                finding => finding.Text.ShouldContain("It broke.")
            );
    }
}
