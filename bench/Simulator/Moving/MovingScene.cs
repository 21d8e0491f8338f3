using Platform.Testing;
using Simulator.Databases;
using Simulator.Deployments;

namespace Simulator.Moving;

/// <summary>The servers that modules move on: a PostgreSQL and a RabbitMQ of the test's own.</summary>
internal sealed class MovingScene : IAsyncDisposable
{
    private readonly PostgreSqlServer _server;
    private readonly RabbitMqServer _broker;

    private MovingScene(
        PostgreSqlServer server,
        RabbitMqServer broker,
        DeploymentStores databases,
        Spread spread
    ) => (_server, _broker, Databases, Spread) = (server, broker, databases, spread);

    public DeploymentStores Databases { get; }

    public Spread Spread { get; }

    /// <summary>All that can happen here.</summary>
    public IReadOnlyList<MovingDisaster> Disasters =>
        [
            new KillCommand(),
            new KillWeb(),
            new KillModuleProcess(),
            new FreezeWeb(),
            new KillPostgreSql(_server),
            new KillBroker(_broker),
            new DieWhileMoving("prepared"),
            new DieWhileMoving("switched"),
            new DieWhileMoving("left"),
            new DieWhileMoving("settled"),
        ];

    /// <summary>Starts both.</summary>
    /// <param name="modules">Those that have a process to move to.</param>
    /// <param name="settings">What every process is told besides.</param>
    public static async Task<MovingScene> OpenAsync(
        IReadOnlyList<string> modules,
        params IReadOnlyList<string> settings
    )
    {
        if (!RabbitMqServer.CanBeStarted)
            throw new InvalidOperationException(RabbitMqServer.Missing);
        var broker = await RabbitMqServer.StartAsync();
        PostgreSqlServer? server = null;
        try
        {
            server = await PostgreSqlServer.StartAsync(durable: true);
            return new MovingScene(
                server,
                broker,
                await DeploymentStores.OnPostgreSqlAsync(server.CreateDatabaseAsync),
                new Spread(modules, broker.ConnectionString) { BeginsTogether = true, Settings = settings }
            );
        }
        catch
        {
            if (server is not null)
                await server.DisposeAsync();
            await broker.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _broker.DisposeAsync();
    }
}
