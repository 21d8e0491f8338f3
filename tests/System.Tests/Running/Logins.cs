using System.Diagnostics;
using System.Text.RegularExpressions;
using Npgsql;

namespace System.Tests.Running;

/// <summary>The logins of <c>deploy/postgresql/logins.sql</c>, created by the script as it ships.</summary>
internal static partial class Logins
{
    /// <summary>Logins belong to the server: two scripts at once would change the same rows.</summary>
    private static readonly SemaphoreSlim Turn = new(1);

    /// <summary>A database's connection string, as one of them.</summary>
    /// <param name="database">The connection string of whoever owns the server.</param>
    /// <param name="login">Its name, such as <c>monolith_orders</c>.</param>
    public static string As(string database, string login) =>
        new NpgsqlConnectionStringBuilder(database)
        {
            Username = login,
            Password = PasswordOf(login["monolith_".Length..]),
        }.ConnectionString;

    /// <summary>Runs the script, as often as one likes.</summary>
    public static async Task CreateAsync(string database)
    {
        var address = new NpgsqlConnectionStringBuilder(database);
        var script = Path.Combine(Repository.Root, "deploy", "postgresql", "logins.sql");
        var start = new ProcessStartInfo(PostgreSqlPrograms.Psql)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PGPASSWORD"] = address.Password },
        };
        // The script asks for a password for every module that there is.
        foreach (
            var login in Asked()
                .Matches(File.ReadAllText(script))
                .Select(match => match.Groups["login"].Value)
        )
            start.Environment[$"{login.ToUpperInvariant()}_PASSWORD"] = PasswordOf(login);
        string[] arguments =
        [
            $"--host={address.Host}",
            $"--port={address.Port}",
            $"--username={address.Username}",
            $"--dbname={address.Database}",
            "--no-psqlrc",
            $"--file={script}",
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        await Turn.WaitAsync();
        try
        {
            await EndsWellAsync(start);
        }
        finally
        {
            Turn.Release();
        }
    }

    /// <summary>Runs a program to its end, which must be a good one.</summary>
    public static async Task EndsWellAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, $"{await output}\n{errors}");
    }

    private static string PasswordOf(string login) => $"of {login}: it's \"secret\"";

    [GeneratedRegex(
        @"^\\getenv (?<login>[a-z]+)_password ",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        1000
    )]
    private static partial Regex Asked();
}
