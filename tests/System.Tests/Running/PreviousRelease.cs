using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace System.Tests.Running;

/// <summary>
/// What release 1 left behind when it was stopped: the day of the README, an order that was delivered while Reviews
/// was paused, and one in its rider's bag. <c>Releases/1</c> has it as each engine's own dump.
/// </summary>
/// <param name="Waiting">The order that Reviews has yet to hear of.</param>
/// <param name="Carried">The order that is carried.</param>
/// <param name="Delivery">The delivery of it.</param>
internal sealed record PreviousRelease(Guid Waiting, Guid Carried, Guid Delivery)
{
    public static readonly Guid Store = new("0199c000-0000-7000-8000-000000000101");
    public static readonly Guid Customer = new("0199c000-0000-7000-8000-000000000001");
    public static readonly Guid Rider = new("0199c000-0000-7000-8000-000000000004");

    private static readonly string[] Schemas = ["orders", "riders", "reviews", "identity"];

    private static string Dumps => Path.Combine(Repository.Root, "tests", "System.Tests", "Releases", "1");

    /// <summary>Puts it where a host of this release will find it.</summary>
    public static async Task<PreviousRelease> RestoreAsync(TemporaryFolder folder)
    {
        if (await folder.DatabaseAsync() is { } server)
        {
            var address = new NpgsqlConnectionStringBuilder(server) { Pooling = false };
            await RunAsync(new NpgsqlConnection(address.ConnectionString), "postgresql.sql");
            return new PreviousRelease(
                new Guid("01a21da5-ad47-7f27-b3c8-825a5b763fab"),
                new Guid("01a21da5-b7c5-79ad-8419-c7f1645bea2a"),
                new Guid("01a21da5-b80e-7cd3-9915-1a78415e906f")
            );
        }
        foreach (var schema in Schemas)
        {
            var file = new SqliteConnectionStringBuilder
            {
                DataSource = Path.Combine(folder.Path, $"{schema}.db"),
                Pooling = false,
            };
            await RunAsync(new SqliteConnection(file.ToString()), $"{schema}.sqlite.sql");
        }
        return new PreviousRelease(
            new Guid("01a21da5-3edf-7c95-b1e7-70afa1db89a3"),
            new Guid("01a21da5-4c22-7ea7-85d7-6a0c3ad00731"),
            new Guid("01a21da5-4c87-7889-a169-a56d4c095eab")
        );
    }

    private static async Task RunAsync(DbConnection connection, string dump)
    {
        await using (connection)
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = await File.ReadAllTextAsync(Path.Combine(Dumps, dump));
            await command.ExecuteNonQueryAsync();
        }
    }
}
