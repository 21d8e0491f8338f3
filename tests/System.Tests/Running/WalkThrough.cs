using System.Diagnostics;

namespace System.Tests.Running;

/// <summary>What the README has a new user type, run as it stands there.</summary>
internal static class WalkThrough
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Runs it against a host with fresh demo data and holds its outcome against what the README says.</summary>
    public static async Task PassesAsync(HostProcess host)
    {
        await host.IsReadyAsync();
        var script = string.Join('\n', Commands());
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

    /// <summary>The lines of the bash blocks between the two markers.</summary>
    private static IEnumerable<string> Commands()
    {
        var (told, code) = (false, false);
        foreach (var line in Readme.Lines())
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
}

internal static class Readme
{
    public static string[] Lines() => File.ReadAllLines(Path.Combine(Repository.Root, "README.md"));
}
