using Platform.Testing;
using Simulator.Crashing;

namespace Simulator.Moving;

/// <summary>The server that all have their data on ends, and is started again on what it had written.</summary>
internal sealed class KillPostgreSql(PostgreSqlServer server) : SuddenDisaster("PostgreSQL is stopped")
{
    private readonly StopPostgreSql _stop = new(server);

    /// <summary>How long a database that is back takes to be used again.</summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(5);

    protected override async Task HappenAsync(StruckMove move, CancellationToken stop)
    {
        var stage = move.Stage;
        var outage = stage.DatabasesDown();
        await _stop.StrikeAsync(stage.Deployment, move.Chance, stage.Diary, stop);
        await stage.ReadyAsync(stop);
        outage.Ends(stage.Now + Recovery);
    }
}

/// <summary><c>kill -9</c> of the broker. Calls do not need it, so that it explains none that fails.</summary>
internal sealed class KillBroker(RabbitMqServer server) : SuddenDisaster("kill -9 of RabbitMQ")
{
    private readonly KillRabbitMq _kill = new(server);

    protected override Task HappenAsync(StruckMove move, CancellationToken stop) =>
        _kill.StrikeAsync(move.Stage.Deployment, move.Chance, move.Stage.Diary, stop);
}
