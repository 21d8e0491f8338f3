using System.CommandLine;
using System.Globalization;
using Simulator.Calls;
using Simulator.Identity;
using Simulator.Ledgers;
using Simulator.People;

namespace Simulator.Commands;

/// <summary><c>run</c>: traffic against a deployment that trusts the simulator's issuer.</summary>
internal static class RunCommand
{
    private static readonly Option<Uri[]> Address = new("--address")
    {
        Description = "Where a replica is; give one for each.",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<FileInfo> LedgerFile = new("--ledger")
    {
        Description = "The file that every answer is written to.",
        Required = true,
    };

    private static readonly Option<int> IssuerPort = new("--issuer-port")
    {
        Description =
            "The loopback port of the issuer; the deployment's Auth:Authority is http://127.0.0.1:<port>/ and its Auth:Audience is simulator.",
        DefaultValueFactory = _ => 5099,
    };

    private static readonly Option<string?> Run = new("--run")
    {
        Description =
            "The name of the run, from which people have their ids; a new one each time if none is given.",
    };

    public static Command Create()
    {
        var command = new Command("run", "Sends customers, stores and riders to a running deployment.")
        {
            Address,
            LedgerFile,
            IssuerPort,
            Run,
        };
        TrafficOptions.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var clock = TimeProvider.System;
        var plan = TrafficOptions.Read(
            parsed,
            parsed.GetValue(Run)
                ?? clock.GetUtcNow().ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture)
        );
        var file = parsed.GetValue(LedgerFile)!;
        file.Directory!.Create();
        await using var issuer = await TokenIssuer.StartAsync(
            Path.Combine(file.Directory.FullName, "issuer-key.pem"),
            parsed.GetValue(IssuerPort),
            clock
        );
        var addresses = new Addresses(clock);
        foreach (var (index, address) in parsed.GetValue(Address)!.Index())
            addresses.Set(index, address);
        using var ledger = Ledger.Open(file.FullName);
        var traffic = new Traffic(plan, addresses, issuer, ledger, clock);
        Console.WriteLine($"Run {plan.Run}, seed {plan.Seed}.");
        var closed = await traffic.RunAsync(CancellationToken.None, stop);
        Console.WriteLine(
            $"{traffic.Visits} customers came; {ledger.Count} lines in {file.FullName}; {(closed ? "everything came to its end." : "not everything came to its end in time.")}"
        );
        return closed ? 0 : 1;
    }
}
