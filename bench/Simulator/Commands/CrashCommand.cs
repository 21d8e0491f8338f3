using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Simulator.Checking;
using Simulator.Crashing;
using Simulator.Deployments;
using Simulator.People;
using static Simulator.Commands.TrialOptions;

namespace Simulator.Commands;

/// <summary><c>crash</c>: starts a deployment, sends traffic, and lets one disaster after the other happen to it.</summary>
internal static class CrashCommand
{
    private static readonly Option<double> Minutes = new("--minutes")
    {
        Description = "How long customers come and disasters happen.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<double?> Every = new("--every")
    {
        Description =
            "Nothing but this: every so many seconds a replica is killed, and comes back while the others serve.",
    };

    private static readonly Option<bool> PostgreSql = new("--postgresql")
    {
        Description =
            "On a PostgreSQL server of its own, which is stopped as well, in place of SQLite files.",
    };

    private static readonly Option<string?> Elsewhere = new("--elsewhere")
    {
        Description =
            "Modules in processes of their own, such as Riders,Reviews, with a RabbitMQ between: it and they are what is mistreated.",
    };

    public static Command Create()
    {
        var command = new Command(
            "crash",
            "Starts a deployment and mistreats it under traffic. Exits 1 unless the checker finds nothing."
        )
        {
            Minutes,
            Seed,
            Replicas,
            Rate,
            Every,
            PostgreSql,
            Elsewhere,
            Folder,
        };
        command.Validators.Add(ReplicasRemain);
        command.SetAction(RunAsync);
        return command;
    }

    private static void ReplicasRemain(CommandResult result)
    {
        if (result.GetValue(Every) is not { } every)
            return;
        if (every <= 0)
            result.AddError("--every must be more than zero seconds.");
        if (result.GetValue(Replicas) < 2)
            result.AddError("--every needs --replicas 2 or more, so that some serve while one is away.");
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var folder = FolderOf(parsed);
        var (minutes, seed) = (parsed.GetValue(Minutes), parsed.GetValue(Seed));
        Console.WriteLine($"Seed {seed}; everything is in {folder}.");
        var elsewhere = Spread.ModulesOf(parsed.GetValue(Elsewhere) ?? "");
        await using var scene =
            elsewhere.Count > 0 ? await Scene.OfSpreadAsync(folder, elsewhere, parsed.GetValue(PostgreSql))
            : parsed.GetValue(PostgreSql) ? await Scene.OnPostgreSqlAsync()
            : Scene.OnSqlite(folder, megabytes: 256 + (int)(minutes * 20), Console.Out);
        var plan = new CrashPlan
        {
            Folder = folder,
            Spread = scene.Spread,
            Replicas = parsed.GetValue(Replicas),
            KillEvery = parsed.GetValue(Every) is { } every ? TimeSpan.FromSeconds(every) : null,
            Traffic = new TrafficPlan
            {
                Run = string.Create(CultureInfo.InvariantCulture, $"crash {seed}"),
                Seed = seed,
                Rate = parsed.GetValue(Rate),
                Duration = TimeSpan.FromMinutes(minutes),
            },
        };
        var test = new CrashTest(plan, scene.Databases, scene.Disasters, Console.Out, TimeProvider.System);
        var outcome = await test.RunAsync(stop);
        Console.WriteLine();
        Report.Write(outcome.Verdict, Console.Out);
        Console.WriteLine(
            $"{outcome.Disasters} disasters, {outcome.Visits} customers, {outcome.Unanswered} attempts without an answer, {outcome.FailedOrders} orders failed by others; {outcome.LeftOpen ?? "nothing left open"}."
        );
        return outcome.IsClean ? 0 : 1;
    }
}
