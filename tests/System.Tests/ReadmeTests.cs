using System.Diagnostics;
using System.Tests.Running;
using System.Text.RegularExpressions;

namespace System.Tests;

/// <summary>What the README promises a new user is run as it stands there.</summary>
public sealed partial class ReadmeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task The_walk_through_ends_with_a_delivered_and_reviewed_order()
    {
        using var folder = new TemporaryFolder();
        await using var host = await HostProcess.StartAsync(folder.Path);
        await host.IsReadyAsync();
        var script = string.Join('\n', WalkThrough());
        script.ShouldContain("http://localhost:5080");

        var (exitCode, output) = await BashAsync(
            script.Replace(
                "http://localhost:5080",
                host.Api.Address.ToString().TrimEnd('/'),
                StringComparison.Ordinal
            )
        );

        exitCode.ShouldBe(0, output);
        output.ShouldContain("was placed once.");
        output.ShouldContain("\"rating\":{\"average\":5,\"count\":1}");
        output.ShouldContain("\n503\n");
        output.ShouldEndWith("{\"items\":[],\"next\":null}\n");
        var orders = (await host.Api.GetAsync("/api/orders", host.Tokens.Operator())).ShouldBe(200);
        orders.Json["items"]!
            .AsArray()
            .Select(order => (string)order!["status"]!)
            .ShouldBe(["Placed", "Delivered"]);
        (await host.Api.GetAsync("/health/ready")).ShouldBe(200).Body.ShouldNotContain("Degraded");
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

    private static string[] Lines() => File.ReadAllLines(Path.Combine(Repository.Root, "README.md"));

    /// <summary>The lines of the bash blocks between the two markers.</summary>
    private static IEnumerable<string> WalkThrough()
    {
        var (told, code) = (false, false);
        foreach (var line in Lines())
        {
            if (line is "<!-- walk-through -->" or "<!-- end of walk-through -->")
                told = !told;
            else if (line.StartsWith("```", StringComparison.Ordinal))
                code = line is "```bash";
            else if (told && code)
                yield return line;
        }
    }

    private static async Task<(int ExitCode, string Output)> BashAsync(string script)
    {
        var start = new ProcessStartInfo("bash")
        {
            ArgumentList = { "-euo", "pipefail" },
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var bash = Process.Start(start)!;
        var output = bash.StandardOutput.ReadToEndAsync();
        var errors = bash.StandardError.ReadToEndAsync();
        await bash.StandardInput.WriteAsync(script);
        bash.StandardInput.Close();
        try
        {
            await bash.WaitForExitAsync().WaitAsync(Patience);
        }
        finally
        {
            if (!bash.HasExited)
                bash.Kill(entireProcessTree: true);
        }
        return (bash.ExitCode, await errors + await output);
    }

    [GeneratedRegex(
        "^test_command='(?<command>[^']+)'$",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        1000
    )]
    private static partial Regex TestCommand();
}
