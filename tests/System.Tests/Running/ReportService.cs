using System.Diagnostics;
using System.Text.RegularExpressions;
using Npgsql;

namespace System.Tests.Running;

/// <summary><c>samples/report-service</c> as its own process, as anybody runs it.</summary>
internal sealed partial class ReportService : ListeningProcess
{
    private static readonly NodePackage Package = new(
        Path.Combine(Repository.Root, "samples", "report-service")
    );

    private ReportService(ProcessStartInfo start)
        : base(start, Listening()) { }

    /// <summary>Starts it and waits until it listens.</summary>
    public static async Task<ReportService> StartAsync(IReadOnlyDictionary<string, string> environment)
    {
        await Package.RequireAsync();
        var start = new ProcessStartInfo("node", ["src/main.js"])
        {
            WorkingDirectory = Package.Folder,
            Environment = { ["REPORT_LISTEN"] = "127.0.0.1:0" },
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        var service = new ReportService(start);
        await service.ListensAsync();
        return service;
    }

    /// <summary>Runs its own tests, those on a database too.</summary>
    /// <returns>Whether they passed, and what they said.</returns>
    public static async Task<(bool Passed, string Said)> TestAsync(string database)
    {
        await Package.RequireAsync();
        var (code, said) = await NodePackage.RunAsync(
            new ProcessStartInfo("npm", ["test"])
            {
                WorkingDirectory = Package.Folder,
                Environment = { ["REPORT_TEST_DATABASE"] = database },
            }
        );
        return (code == 0, said);
    }

    /// <summary>A connection string of .NET as everybody else writes it.</summary>
    public static string UrlOf(string connectionString)
    {
        var parts = new NpgsqlConnectionStringBuilder(connectionString);
        var password = parts.Password is { } secret ? $":{Uri.EscapeDataString(secret)}" : "";
        return $"postgres://{Uri.EscapeDataString(parts.Username!)}{password}@{parts.Host}:{parts.Port}/{parts.Database}";
    }

    [GeneratedRegex("Listening on (?<address>http://[^ ]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
