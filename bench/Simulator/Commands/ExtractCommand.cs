using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Simulator.Deployments;
using Simulator.Moving;
using Simulator.People;
using static Simulator.Commands.TrialOptions;

namespace Simulator.Commands;

/// <summary><c>extract</c>: starts a deployment, sends traffic, and moves its modules out and back meanwhile.</summary>
internal static class ExtractCommand
{
    private static readonly Option<int> Rounds = new("--rounds")
    {
        Description = "How often each module moves out and back.",
        DefaultValueFactory = _ => 10,
    };

    private static readonly Option<string> Modules = new("--modules")
    {
        Description = "Which modules move, one after the other, such as Riders,Reviews.",
        DefaultValueFactory = _ => string.Join(',', HostAssembly.Modules),
    };

    private static readonly Option<bool> Data = new("--data")
    {
        Description = "Each takes its data along, to a database of its own.",
    };

    private static readonly Option<bool> Disasters = new("--disasters")
    {
        Description =
            "A disaster happens to each move: the command, a replica, the module's process, PostgreSQL or RabbitMQ is killed, or a replica frozen.",
    };

    private static readonly Option<double> Calm = new("--calm")
    {
        Description = "Seconds between two moves.",
        DefaultValueFactory = _ => 5,
    };

    public static Command Create()
    {
        var command = new Command(
            "extract",
            "Moves modules out of a deployment under traffic, and back. Exits 1 unless no call failed and the checker finds nothing."
        )
        {
            Rounds,
            Seed,
            Modules,
            Data,
            Disasters,
            Replicas,
            Rate,
            Calm,
            Folder,
        };
        command.Validators.Add(ReplicasRemain);
        command.SetAction(RunAsync);
        return command;
    }

    private static void ReplicasRemain(CommandResult result)
    {
        if (result.GetResult(Rounds)?.GetValueOrDefault<int>() < 1)
            result.AddError("--rounds must be 1 or more.");
        if (result.GetResult(Replicas)?.GetValueOrDefault<int>() < (result.GetValue(Disasters) ? 2 : 1))
            result.AddError(
                "--replicas must be 1 or more, and 2 or more with --disasters, so that one serves while another is away."
            );
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var folder = FolderOf(parsed);
        var (seed, disasters, data) = (
            parsed.GetValue(Seed),
            parsed.GetValue(Disasters),
            parsed.GetValue(Data)
        );
        Console.WriteLine($"Seed {seed}; everything is in {folder}.");
        var modules = Spread.ModulesOf(parsed.GetValue(Modules)!);
        await using var scene = await MovingScene.OpenAsync(modules, data);
        var plan = new MovingPlan
        {
            Folder = folder,
            Modules = modules,
            Rounds = parsed.GetValue(Rounds),
            Replicas = parsed.GetValue(Replicas),
            Calm = TimeSpan.FromSeconds(parsed.GetValue(Calm)),
            Traffic = new TrafficPlan
            {
                Run = string.Create(CultureInfo.InvariantCulture, $"extract {seed}"),
                Seed = seed,
                Rate = parsed.GetValue(Rate),
                AnswerWithin = TimeSpan.FromSeconds(15),
            },
        };
        var test = new MovingTest(
            plan,
            scene.Spread,
            scene.Databases,
            disasters ? scene.Disasters : [],
            Console.Out,
            TimeProvider.System
        );
        var outcome = await test.RunAsync(stop);
        Console.WriteLine();
        MovingReport.Write(
            outcome,
            string.Create(
                CultureInfo.InvariantCulture,
                $"dotnet run --project bench/Simulator -- extract --seed {seed} --rounds {plan.Rounds} --modules {string.Join(',', modules)} --replicas {plan.Replicas} --rate {plan.Traffic.Rate} --calm {plan.Calm.TotalSeconds}{(data ? " --data" : "")}{(disasters ? " --disasters" : "")}"
            ),
            Console.Out
        );
        return outcome.IsClean ? 0 : 1;
    }
}
