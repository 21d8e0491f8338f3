using System.Tests.Running;
using System.Text.RegularExpressions;

namespace System.Tests;

/// <summary>What the README promises a new user is run as it stands there.</summary>
public sealed partial class ReadmeTests
{
    [Fact]
    public async Task The_walk_through_ends_with_a_delivered_and_reviewed_order()
    {
        using var folder = new TemporaryFolder();
        await using var host = await HostProcess.StartAsync(folder.Path);

        await WalkThrough.PassesAsync(host);
    }

    [Fact]
    public async Task The_command_that_runs_it_answers_with_demo_data()
    {
        using var folder = new TemporaryFolder();
        var command = Lines().Single(line => line.StartsWith("dotnet run ", StringComparison.Ordinal));

        await using var host = await HostProcess.RunAsync(command, folder.Path);

        await host.IsReadyAsync();
        var stores = (await host.Api.GetAsync("/api/stores?latitude=37.512&longitude=127.1")).ShouldBe(200);
        stores.Json["items"]!.AsArray().Count.ShouldBeGreaterThan(1);
    }

    [Fact]
    public void The_command_that_runs_every_test_is_the_one_that_ci_runs()
    {
        var ci = File.ReadAllText(Path.Combine(Repository.Root, ".ci", "run"));

        var command = TestCommand().Match(ci).Groups["command"].Value;

        command.ShouldNotBeEmpty();
        Lines().ShouldContain(command);
    }

    private static string[] Lines() => Readme.Lines();

    [GeneratedRegex(
        "^test_command='(?<command>[^']+)'$",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        1000
    )]
    private static partial Regex TestCommand();
}
