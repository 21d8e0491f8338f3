using Microsoft.Extensions.Configuration;
using Npgsql;
using Platform.Data;

namespace Platform.Tests.Data;

public sealed class ConnectionTests
{
    [Fact]
    public void What_a_connection_string_leaves_open_is_filled_in()
    {
        var completed = Complete("Host=db;Database=monolith");

        completed.ApplicationName.ShouldBe("monolith-orders");
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

        completed.ApplicationName.ShouldBe("mine");
        completed.MaxPoolSize.ShouldBe(7);
        completed.MaxAutoPrepare.ShouldBe(0);
        completed.NoResetOnClose.ShouldBeFalse();
        completed.Options.ShouldBe("-c work_mem=8MB");
    }

    private static NpgsqlConnectionStringBuilder Complete(string given)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([
                new("Database:Engine", "PostgreSql"),
                new("Database:ConnectionString", given),
            ])
            .Build();
        return new(DatabaseChoice.Read(configuration, "Modules:Orders", "orders").Connection);
    }
}
