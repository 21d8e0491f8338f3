using System.Diagnostics;
using System.Globalization;
using System.Tests.Running;

namespace System.Tests;

/// <summary>
/// The way from the embedded files to PostgreSQL: the host is stopped, and goes on with the copies. <c>COPIED_ORDERS</c>
/// says how many orders there are to copy, 300 unless it does.
/// </summary>
public sealed class CopyDatabaseTests
{
    private static readonly int Orders = int.Parse(
        Environment.GetEnvironmentVariable("COPIED_ORDERS") ?? "300",
        CultureInfo.InvariantCulture
    );

    [Fact]
    public async Task A_host_that_was_copied_to_PostgreSQL_goes_on_there_as_if_nothing_had_been()
    {
        using var folder = new TemporaryFolder(TestEngine.Sqlite);
        using var server = new TemporaryFolder(TestEngine.PostgreSql);
        var address = (await server.DatabaseAsync())!;
        string[] onPostgreSql = ["--Database:Engine=PostgreSql", $"--Database:ConnectionString={address}"];
        Story story;
        Guid placed;
        var key = $"{Tokens.NewId()}";
        await using (var host = await HostProcess.StartAsync(folder.Path))
        {
            await host.IsReadyAsync();
            story = await Story.BeginAsync(host);
            var delivered = await story.DeliverOneAsync();
            await story.ReviewAsync(delivered, rating: 4);
            placed = (await story.TryPlaceAsync(key)).ShouldBe(201).Id("orderId");
        }
        ManyOrders.Make(new Database(folder.Path, "orders"), Orders, withEvents: true);
        (await CommandAsync(folder.Path, ["migrate", .. onPostgreSql])).ExitCode.ShouldBe(0);

        var (exitCode, output) = await CommandAsync(
            folder.Path,
            ["copy-database", "all", "--to-engine=PostgreSql", $"--to={address}"]
        );

        exitCode.ShouldBe(0, output);
        foreach (var schema in new[] { "orders", "riders", "reviews", "identity" })
            output.ShouldContain($"{schema}: copied, and the same.");
        output.ShouldNotContain("DIFFERS");
        await using var moved = await HostProcess.StartAsync(folder.Path, onPostgreSql);
        await moved.IsReadyAsync();
        var there = story.At(moved.Api);
        // The key is known, what was under way goes on, and nothing is given out a second time.
        (await there.TryPlaceAsync(key))
            .ShouldBe(201)
            .Id("orderId")
            .ShouldBe(placed);
        await there.DeliverAsync(placed);
        await there.ReviewAsync(placed, rating: 2);
        await Eventually.HoldsAsync(
            async () => await there.RatingAsync() is (3, 2),
            "both ratings count, the one of before and the one of now"
        );
        using var person = await Browser.SignInAsync(moved, "customer");
        (await person.LookAsync("/orders")).ShouldBe(200);

        // A copy is made once; what people did since would be lost.
        var again = await CommandAsync(
            folder.Path,
            ["copy-database", "Orders", "--to-engine=PostgreSql", $"--to={address}"]
        );
        again.ExitCode.ShouldBe(1);
        again.Output.ShouldContain("the target has rows of its own");
    }

    private static async Task<(int ExitCode, string Output)> CommandAsync(
        string folder,
        IReadOnlyList<string> arguments
    )
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Repository.HostAssembly);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.ArgumentList.Add($"--Database:Directory={folder}");
        using var command = Process.Start(start)!;
        var output = command.StandardOutput.ReadToEndAsync();
        var errors = command.StandardError.ReadToEndAsync();
        await command.WaitForExitAsync();
        return (command.ExitCode, await output + await errors);
    }
}
