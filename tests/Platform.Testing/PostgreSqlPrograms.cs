using System.Diagnostics;

namespace Platform.Testing;

/// <summary>PostgreSQL's programs on this machine. They refuse to run as root.</summary>
internal static class PostgreSqlPrograms
{
    private static readonly string[] Needed = ["initdb", "postgres", "psql"];

    /// <summary>The account to run as where this process is root: PostgreSQL's own, or nobody's.</summary>
    private static readonly string Account =
        File.Exists("/etc/passwd")
        && File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal))
            ? "postgres"
            : "nobody";

    /// <summary>Where they are: on the path, or where Debian puts them, the newest first; null when nowhere.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>The client; on the path where the server is another machine's.</summary>
    public static string Psql => Folder is null ? "psql" : Path.Combine(Folder, "psql");

    private static bool IsRoot => !OperatingSystem.IsWindows() && Environment.UserName == "root";

    /// <summary>A program's command line, its name first, for an account that is not root.</summary>
    public static IEnumerable<string> Unprivileged(IEnumerable<string> command)
    {
        var program = Path.Combine(Folder!, command.First());
        IEnumerable<string> whole = [program, .. command.Skip(1)];
        return IsRoot ? ["setpriv", $"--reuid={Account}", "--clear-groups", .. whole] : whole;
    }

    /// <summary>Makes an empty cluster that lets its owner in as he is, and anybody else by a password.</summary>
    public static async Task InitializeAsync(string folder, string data, string owner)
    {
        if (IsRoot)
            await RunAsync(["chown", Account, folder]);
        await RunAsync([
            .. Unprivileged([
                "initdb",
                $"--pgdata={data}",
                $"--username={owner}",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ]),
        ]);
        await File.WriteAllTextAsync(
            Path.Combine(data, "pg_hba.conf"),
            $"""
            host all {owner} 127.0.0.1/32 trust
            host all all 127.0.0.1/32 scram-sha-256

            """
        );
    }

    private static async Task RunAsync(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', command)}: {await errors}");
    }

    private static string? Find()
    {
        var onPath = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        var ofDebian = Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .GetDirectories("/usr/lib/postgresql")
                .OrderByDescending(folder => folder, StringComparer.Ordinal)
                .Select(folder => Path.Combine(folder, "bin"))
            : [];
        return onPath
            .Concat(ofDebian)
            .FirstOrDefault(folder => Needed.All(program => File.Exists(Path.Combine(folder, program))));
    }
}
