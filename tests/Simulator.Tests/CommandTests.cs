using Simulator.Commands;
using Simulator.Tests.Running;

namespace Simulator.Tests;

/// <summary>The commands as a person types them.</summary>
public sealed class CommandTests(FinishedDay finished)
{
    [Fact]
    public async Task Check_exits_0_when_it_finds_nothing_and_1_when_it_finds_something()
    {
        using var good = finished.Copy();
        using var spoilt = finished.Copy();
        PlantedBug.All[0].Plant(spoilt);

        (await CheckAsync(good)).ShouldBe(0);
        (await CheckAsync(spoilt)).ShouldBe(1);
    }

    [Fact]
    public void Check_refuses_a_ledger_that_is_not_there()
    {
        CheckCommand
            .Create()
            .Parse(["--ledger", "nowhere.jsonl", "--directory", Path.GetTempPath()])
            .Errors.ShouldHaveSingleItem()
            .Message.ShouldContain("nowhere.jsonl");
    }

    [Theory]
    [InlineData("http://localhost:5080", 0)]
    [InlineData("localhost:5080", 1)]
    [InlineData("here", 1)]
    public void Run_takes_addresses_and_nothing_else(string address, int errors)
    {
        var parsed = RunCommand.Create().Parse(["--ledger", "ledger.jsonl", "--address", address]);

        parsed.Errors.Count.ShouldBe(errors);
    }

    private static Task<int> CheckAsync(Day day) =>
        CheckCommand
            .Create()
            .Parse(["--ledger", day.LedgerFile, "--directory", day.Folder, "--settle-within", "00:00:01"])
            .InvokeAsync();
}
