using System.Tests.Running;
using Npgsql;

namespace System.Tests;

/// <summary>
/// The guide to microservices is run as it stands there, from its first page to its last: a command that is changed in
/// the text and not in reality, or the other way round, fails.
/// </summary>
public sealed class GuideTests
{
    [Fact]
    public async Task Every_command_of_the_migration_guide_does_what_it_says()
    {
        RabbitMq.Requires(RabbitMqServer.IsThere);
        SkipTestException.ThrowIf(PostgreSqlServer.Missing);
        await using var server = await PostgreSqlServer.StartAsync(durable: true);
        using var folder = new TemporaryFolder();
        var guide = MigrationGuide.Read(
            SettingsFor(server, await RabbitMq.ConnectionStringAsync(), folder.Path)
        );

        var (failedAt, shown) = await guide.RunAsync(Terminal());

        failedAt.ShouldBeNull();
        foreach (var place in guide.Places)
            shown.ShouldContain($"### {place}");
    }

    [Fact]
    public async Task A_wrong_command_in_a_copy_of_the_guide_is_found_where_it_stands()
    {
        SkipTestException.ThrowIf(PostgreSqlServer.Missing);
        await using var server = await PostgreSqlServer.StartAsync(durable: true);
        using var folder = new TemporaryFolder();
        var guide = MigrationGuide
            .Read(SettingsFor(server, "amqp://nobody@localhost", folder.Path))
            .With("as_owner \"$owner\" migrate", "as_owner \"$owner\" mirgate");

        var (failedAt, shown) = await guide.RunAsync(Terminal());

        failedAt.ShouldNotBeNull().ShouldStartWith("README.md:");
        shown.ShouldContain("mirgate");
    }

    private static Dictionary<string, string> SettingsFor(
        PostgreSqlServer server,
        string broker,
        string folder
    )
    {
        var address = new NpgsqlConnectionStringBuilder(server.ConnectionStringOf("postgres"));
        return new(StringComparer.Ordinal)
        {
            ["web"] = $"http://127.0.0.1:{SpreadDeployment.FreePort()}",
            ["reviews"] = $"http://127.0.0.1:{SpreadDeployment.FreePort()}",
            ["second"] = $"http://127.0.0.1:{SpreadDeployment.FreePort()}",
            ["report"] = $"127.0.0.1:{SpreadDeployment.FreePort()}",
            ["broker"] = broker,
            ["PGHOST"] = address.Host!,
            ["PGPORT"] = $"{address.Port}",
            ["PGUSER"] = address.Username!,
            ["work"] = Path.Combine(folder, "work"),
        };
    }

    /// <summary>The names at the broker are this run's own, as other tests use it too.</summary>
    private static (string, string)[] Terminal() =>
        [
            ("Broker__Prefix", $"guide-{Tokens.NewId():N}"),
            ("PATH", $"{PostgreSqlPrograms.Folder}:{Environment.GetEnvironmentVariable("PATH")}"),
        ];
}
