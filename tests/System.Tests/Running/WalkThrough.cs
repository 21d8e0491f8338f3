namespace System.Tests.Running;

/// <summary>What the README has a new user type, run as it stands there.</summary>
internal static class WalkThrough
{
    /// <summary>Runs it against a host with fresh demo data and holds its outcome against what the README says.</summary>
    public static async Task PassesAsync(HostProcess host)
    {
        await host.IsReadyAsync();
        var script = string.Join('\n', Commands());
        script.ShouldContain("http://localhost:5080");

        script = script.Replace(
            "http://localhost:5080",
            host.Api.Address.ToString().TrimEnd('/'),
            StringComparison.Ordinal
        );

        var output = await ShellCommand.EndsWellAsync(
            Repository.Root,
            ["bash", "-euo", "pipefail", "-c", script]
        );

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
}

internal static class Readme
{
    public static string[] Lines() => File.ReadAllLines(Path.Combine(Repository.Root, "README.md"));
}
