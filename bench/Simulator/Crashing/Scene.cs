using Platform.Testing;
using Simulator.Databases;
using Simulator.Deployments;

namespace Simulator.Crashing;

/// <summary>Where a crash test plays, and what can happen there.</summary>
internal sealed class Scene : IAsyncDisposable
{
    /// <summary>The host's own default, which these deployments leave as it is.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(6);

    private readonly Func<ValueTask> _leave;

    private Scene(
        DeploymentStores databases,
        IReadOnlyList<Disaster> disasters,
        Func<ValueTask> leave,
        Spread? spread = null
    ) => (Databases, Disasters, _leave, Spread) = (databases, disasters, leave, spread);

    public DeploymentStores Databases { get; }

    /// <summary>Modules in processes of their own; null when there are none.</summary>
    public Spread? Spread { get; }

    public IReadOnlyList<Disaster> Disasters { get; }

    /// <summary>SQLite files on a disk that can be full, where one can be had; otherwise it says why not.</summary>
    public static Scene OnSqlite(string folder, int megabytes, TextWriter output)
    {
        var data = Directory.CreateDirectory(Path.Combine(folder, "data")).FullName;
        List<Disaster> disasters = [new KillReplica(), new FreezeReplica(Lease)];
        var disk = SmallDisk.TryMount(data, megabytes, out var refusal);
        if (disk is not null)
            disasters.Insert(1, new FillDisk(disk));
        else
            output.WriteLine($"The disk will not be full. {refusal}");
        return new Scene(DeploymentStores.OnSqlite(data), disasters, LeaveAsync);

        ValueTask LeaveAsync()
        {
            if (disk is null)
                return ValueTask.CompletedTask;
            CopyFiles(data, Directory.CreateDirectory(Path.Combine(folder, "databases")).FullName);
            disk.Dispose();
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>A PostgreSQL server of its own, durable as in production.</summary>
    public static async Task<Scene> OnPostgreSqlAsync()
    {
        var server = await PostgreSqlServer.StartAsync(durable: true);
        try
        {
            var databases = DeploymentStores.OnPostgreSql(await server.CreateDatabaseAsync());
            return new Scene(
                databases,
                [new KillReplica(), new StopPostgreSql(server), new FreezeReplica(Lease)],
                server.DisposeAsync
            );
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Modules in processes of their own, each with a database of its own, and a RabbitMQ between them.</summary>
    public static async Task<Scene> OfSpreadAsync(
        string folder,
        IReadOnlyList<string> elsewhere,
        bool onPostgreSql
    )
    {
        if (!RabbitMqServer.CanBeStarted)
            throw new InvalidOperationException(RabbitMqServer.Missing);
        var rabbit = await RabbitMqServer.StartAsync();
        PostgreSqlServer? server = null;
        try
        {
            List<Disaster> disasters =
            [
                new KillModule(),
                DieBetweenSteps.RelayBeforeCommit,
                new KillRabbitMq(rabbit),
                DieBetweenSteps.ConsumerBeforeAcknowledge,
            ];
            if (onPostgreSql)
            {
                server = await PostgreSqlServer.StartAsync(durable: true);
                disasters.Add(new StopPostgreSql(server));
            }
            return new Scene(
                server is null
                    ? DeploymentStores.OnSqlite(
                        Directory.CreateDirectory(Path.Combine(folder, "data")).FullName
                    )
                    : await DeploymentStores.OnPostgreSqlAsync(server.CreateDatabaseAsync),
                disasters,
                LeaveAsync,
                new Spread(elsewhere, rabbit.ConnectionString)
            );
        }
        catch
        {
            await LeaveAsync();
            throw;
        }

        async ValueTask LeaveAsync()
        {
            if (server is not null)
                await server.DisposeAsync();
            await rabbit.DisposeAsync();
        }
    }

    /// <summary>Ends it; what was on a disk in memory is kept in the folder <c>databases</c>.</summary>
    public ValueTask DisposeAsync() => _leave();

    private static void CopyFiles(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
    }
}
