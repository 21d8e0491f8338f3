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
        // The script asks for a password for every module that there is.
        var passwords = Asked()
            .Matches(await File.ReadAllTextAsync(script))
            .Select(match => match.Groups["login"].Value)
            .Select(login => ($"{login.ToUpperInvariant()}_PASSWORD", PasswordOf(login)));
        await Turn.WaitAsync();
        try
        {
            await ShellCommand.EndsWellAsync(
                Repository.Root,
                [
                    PostgreSqlPrograms.Psql,
                    $"--host={address.Host}",
                    $"--port={address.Port}",
                    $"--username={address.Username}",
                    $"--dbname={address.Database}",
                    "--no-psqlrc",
                    $"--file={script}",
                ],
                [("PGPASSWORD", address.Password ?? ""), .. passwords]
            );
        }
        finally
        {
            Turn.Release();
        }
    }

    private static string PasswordOf(string login) => $"of {login}: it's \"secret\"";

    [GeneratedRegex(
        @"^\\getenv (?<login>[a-z]+)_password ",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        1000
    )]
    private static partial Regex Asked();
}
