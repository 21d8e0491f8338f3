using Microsoft.Data.SqlClient;
using Microsoft.Extensions.Configuration;
using Npgsql;
using Platform.Data;
using Platform.Settings;

namespace Platform.Tests.Data;

public sealed class ConnectionTests
{
    [Fact]
    public void What_a_connection_string_leaves_open_is_filled_in()
    {
        var completed = Complete("Host=db;Database=monolith");

        completed.ApplicationName.ShouldBe("monolith-orders@web");
        completed.MaxPoolSize.ShouldBe(20);
        completed.MaxAutoPrepare.ShouldBe(100);
        completed.NoResetOnClose.ShouldBeTrue();
        completed.Options.ShouldBe("-c idle_in_transaction_session_timeout=10s -c lock_timeout=10s");
    }

    [Fact]
    public void What_a_connection_string_says_stays_however_it_is_spelt()
    {
        var completed = Complete(
            "Server=db;Database=monolith;ApplicationName=mine;MaxPoolSize=7;Max Auto Prepare=0;No Reset On Close=false;Options=-c work_mem=8MB"
        );

        completed.ApplicationName.ShouldBe("mine@web", "a fence tells by it who may write");
        completed.MaxPoolSize.ShouldBe(7);
        completed.MaxAutoPrepare.ShouldBe(0);
        completed.NoResetOnClose.ShouldBeFalse();
        completed.Options.ShouldBe("-c work_mem=8MB");
    }

    /// <summary>PostgreSQL cuts off what is longer than 63 bytes, and the home is what counts.</summary>
    [Theory]
    [InlineData("PostgreSql", "Host=db;Database=monolith")]
    [InlineData("SqlServer", "Server=db;Database=monolith")]
    public void A_session_says_whose_home_it_is_of_however_long_its_name_is(string engine, string given)
    {
        const string Home = "a-name-that-is-exactly-forty-letters-lon";
        var named = $"{given};Application Name={new string('한', 40)}";

        var name = new NpgsqlConnectionStringBuilder(
            $"Application Name={NameIn(Read(engine, named, Home))}"
        ).ApplicationName!;

        name.ShouldEndWith($"@{Home}");
        System.Text.Encoding.UTF8.GetByteCount(name).ShouldBeLessThanOrEqualTo(63);
        NameIn(Read(engine, given, Home)).ShouldBe($"monolith-orders@{Home}");
    }

    [Fact]
    [Trait("Fault", "Q3")]
    public void On_SQL_Server_a_pool_has_twenty_connections_and_remembers_no_failure()
    {
        var completed = CompleteOnSqlServer("Server=db;Database=monolith");

        completed.ApplicationName.ShouldBe("monolith-orders@web");
        completed.MaxPoolSize.ShouldBe(20);
        completed.PoolBlockingPeriod.ShouldBe(PoolBlockingPeriod.NeverBlock);
        completed.ConnectTimeout.ShouldBe(5);
    }

    [Fact]
    [Trait("Fault", "Q3")]
    public void On_SQL_Server_what_a_connection_string_says_stays()
    {
        var completed = CompleteOnSqlServer(
            "Server=db;Initial Catalog=monolith;App=mine;Max Pool Size=7;PoolBlockingPeriod=Auto;Timeout=30"
        );

        completed.ApplicationName.ShouldBe("mine@web", "a fence tells by it who may write");
        completed.MaxPoolSize.ShouldBe(7);
        completed.PoolBlockingPeriod.ShouldBe(PoolBlockingPeriod.Auto);
        completed.ConnectTimeout.ShouldBe(30);
    }

    [Theory]
    [Trait("Fault", "Q3")]
    [InlineData("Server=db")]
    [InlineData("Server=db;Database=master")]
    [InlineData("Server=db;Initial Catalog=TempDb")]
    public void On_SQL_Server_a_string_that_names_no_database_is_refused(string given) =>
        Should
            .Throw<SettingRefusedException>(() => CompleteOnSqlServer(given))
            .Message.ShouldContain("Database:ConnectionString: it names no database of your own");

    private static SqlConnectionStringBuilder CompleteOnSqlServer(string given) =>
        new(Read("SqlServer", given));

    private static NpgsqlConnectionStringBuilder Complete(string given) => new(Read("PostgreSql", given));

    private static string NameIn(string connection) =>
        (string)
            new System.Data.Common.DbConnectionStringBuilder { ConnectionString = connection }[
                "Application Name"
            ];

    private static string Read(string engine, string given, string? home = null)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([
                new("Database:Engine", engine),
                new("Database:ConnectionString", given),
                new("Deployment:Name", home),
            ])
            .Build();
        return DatabaseChoice.Read(configuration, "Modules:Orders", "orders").Connection;
    }
}
