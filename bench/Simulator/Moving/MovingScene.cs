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
        Spread.Databases.Count > 0 ? [.. OfProcesses, .. OfTheCommand] : [.. OfProcesses, .. OfTheMover];

    private IReadOnlyList<MovingDisaster> OfProcesses =>
        [
            new KillCommand(),
            new KillWeb(),
            new KillModuleProcess(),
            new FreezeWeb(),
            new KillPostgreSql(_server),
            new KillBroker(_broker),
        ];

    /// <summary>Whoever of the processes takes a move's steps.</summary>
    private static IReadOnlyList<MovingDisaster> OfTheMover =>
        [
            new DieWhileMoving("fence prepared"),
            new DieWhileMoving("prepared"),
            new DieWhileMoving("switched"),
            new DieWhileMoving("left"),
            new DieWhileMoving("fenced"),
            new DieWhileMoving("settled"),
        ];

    /// <summary>The command, which takes them when data goes along.</summary>
    private static IReadOnlyList<MovingDisaster> OfTheCommand =>
        [
            new CommandDies("closed"),
            new CommandDies("captured"),
            new CommandDies("copied"),
            new CommandDies("fence prepared"),
            new CommandDies("compared"),
            new CommandDies("held"),
            new CommandDies("fenced"),
            new CommandDies("left"),
            new CommandDies("ready"),
            new CommandDies("let in"),
            new CommandDies("opened"),
            new CommandDies("settled"),
        ];

    /// <summary>Starts both.</summary>
    /// <param name="modules">Those that have a process to move to.</param>
    /// <param name="takesData">Whether each module takes its data along, to a database of its own.</param>
    /// <param name="settings">What every process is told besides.</param>
    public static async Task<MovingScene> OpenAsync(
        IReadOnlyList<string> modules,
        bool takesData,
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
            var own = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var module in takesData ? modules : [])
                own[module] = await server.CreateDatabaseAsync();
            return new MovingScene(
                server,
                broker,
                await DeploymentStores.OnPostgreSqlAsync(server.CreateDatabaseAsync),
                new Spread(modules, broker.ConnectionString)
                {
                    BeginsTogether = true,
                    Databases = own,
                    Settings = settings,
                }
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
