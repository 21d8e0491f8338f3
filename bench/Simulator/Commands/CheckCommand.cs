using System.CommandLine;
using Simulator.Checking;
using Simulator.Databases;
using Simulator.Ledgers;

namespace Simulator.Commands;

/// <summary><c>check</c>: holds ledgers against the databases of the deployment that they tell of.</summary>
internal static class CheckCommand
{
    private static readonly Option<FileInfo[]> LedgerFiles = new("--ledger")
    {
        Description = "The ledgers of all runs that these databases have ever seen.",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<DirectoryInfo?> Directory = new("--directory")
    {
        Description = "The folder of the SQLite files.",
    };

    private static readonly Option<string[]> Connection = new("--connection")
    {
        Description =
            "A PostgreSQL connection string: <module>=<connection string> for one module, or one for all.",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<TimeSpan> SettleWithin = new("--settle-within")
    {
        Description = "How long (hh:mm:ss) the deployment may take to come to rest.",
        DefaultValueFactory = _ => TimeSpan.FromMinutes(1),
    };

    public static Command Create()
    {
        var command = new Command(
            "check",
            "Compares ledgers with the modules' databases. Exits 1 when it finds something."
        )
        {
            LedgerFiles,
            Directory,
            Connection,
            SettleWithin,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var databases = DeploymentStores.Read(
            parsed.GetValue(Directory)?.FullName,
            parsed.GetValue(Connection) ?? []
        );
        var left = await new Settling(databases, TimeProvider.System).WaitAsync(
            parsed.GetValue(SettleWithin),
            stop
        );
        if (left is not null)
            Console.WriteLine($"Not at rest: {left}.");
        var ledger = Ledger.Read(parsed.GetValue(LedgerFiles)!.Select(file => file.FullName));
        var verdict = Checker.Check(await Evidence.GatherAsync(ledger, databases, stop));
        Report.Write(verdict, Console.Out);
        return verdict.IsClean ? 0 : 1;
    }
}
