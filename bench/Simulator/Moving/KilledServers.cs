using Platform.Testing;
using Simulator.Crashing;
using Simulator.People;

namespace Simulator.Moving;

/// <summary>The server that all have their data on ends, and is started again on what it had written.</summary>
internal sealed class KillPostgreSql(PostgreSqlServer server) : MovingDisaster("PostgreSQL is stopped")
{
    private readonly StopPostgreSql _stop = new(server);

    /// <summary>How long a database that is back takes to be used again.</summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(5);

    public override async Task StrikeAsync(
        Stage stage,
        string module,
        OperatorCommand command,
        Task ends,
        Chance chance,
        CancellationToken stop
    )
    {
        await SomeMomentAsync(stage, module, chance, ends, stop);
        var outage = stage.DatabasesDown();
        await _stop.StrikeAsync(stage.Deployment, chance, stage.Diary, stop);
        await stage.ReadyAsync(stop);
        outage.Ends(stage.Now + Recovery);
    }
}

/// <summary><c>kill -9</c> of the broker. Calls do not need it, so that it explains none that fails.</summary>
internal sealed class KillBroker(RabbitMqServer server) : MovingDisaster("kill -9 of RabbitMQ")
{
    private readonly KillRabbitMq _kill = new(server);

    public override async Task StrikeAsync(
        Stage stage,
        string module,
        OperatorCommand command,
        Task ends,
        Chance chance,
        CancellationToken stop
    )
    {
        await SomeMomentAsync(stage, module, chance, ends, stop);
        await _kill.StrikeAsync(stage.Deployment, chance, stage.Diary, stop);
    }
}
