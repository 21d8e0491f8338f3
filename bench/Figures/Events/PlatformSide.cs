using System.Text.Json;
using Figures.Databases;
using JasperFx.CodeGeneration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.Commands;
using Platform.Hosting;
using Platform.Modules;
using Wolverine;

namespace Figures.Events;

/// <summary>The platform: a module that sells, modules that follow its stream, and some that only are there.</summary>
internal sealed class PlatformSide : IContender
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(5);

    private readonly WebApplication _app;
    private readonly NpgsqlDataSource _source;
    private readonly DataFolder _folder;
    private readonly IReadOnlyList<string> _listeners;
    private readonly Sender _sender;
    private Func<Task> _release = () => Task.CompletedTask;

    private PlatformSide(
        WebApplication app,
        NpgsqlDataSource source,
        DataFolder folder,
        IReadOnlyList<string> listeners
    )
    {
        (_app, _source, _folder, _listeners) = (app, source, folder, listeners);
        _sender = app.Services.GetRequiredService<Sender>();
    }

    public (string Sales, IReadOnlyList<string> Effects) Tables =>
        ("sales.sale", [.. _listeners.Select(name => $"{name}.effect")]);

    /// <param name="connectionString">An empty database.</param>
    /// <param name="modules">How many modules there are: the seller, two listeners, and bystanders.</param>
    /// <param name="stored">How many sales there were before, all delivered.</param>
    /// <param name="hop">What is between the seller and the listeners; null when they share this process.</param>
    public static async Task<PlatformSide> StartAsync(
        string connectionString,
        int modules,
        int stored,
        Hop? hop = null
    )
    {
        var folder = new DataFolder();
        var listeners = WrittenModule.Listeners(2, folder.Path).ToList();
        List<IModule> all =
        [
            new SalesModule(),
            .. listeners,
            .. WrittenModule.Bystanders(modules - 3, folder.Path),
        ];
        var moduleNames = all.ConvertAll(module => module.Define().Name);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Database:Engine"] = "PostgreSql",
                ["Database:ConnectionString"] = connectionString,
                ["Database:Migrate"] = "true",
            }
        );
        builder.Configuration.AddInMemoryCollection(hop?.Settings(moduleNames) ?? []);
        builder.Logging.ClearProviders().AddConsole().SetMinimumLevel(LogLevel.Error);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddModules(
            all,
            bus =>
            {
                bus.CodeGeneration.TypeLoadMode = TypeLoadMode.Dynamic;
                bus.UseRuntimeCompilation();
            }
        );
        var app = builder.Build();
        await CreateTablesAsync(
            app.Services,
            all.Where(module => hop?.IsLocal(module.Define().Name) is not false)
        );
        var names = listeners.Select(listener => listener.Define().Stream).ToList();
        await StoreAsync(connectionString, names, stored);
        await app.StartAsync();
        return new PlatformSide(app, NpgsqlDataSource.Create(connectionString), folder, names);
    }

    public async Task MakeSaleAsync()
    {
        var made = await _sender.SendAsync(new MakeSale(SaleMade.Now()), CancellationToken.None);
        if (!made.IsDone)
            throw new InvalidOperationException(made.Error.Message);
    }

    public async Task StoreBacklogAsync(int events)
    {
        var connection = await _source.OpenConnectionAsync();
        var transaction = await connection.BeginTransactionAsync();
        await using (
            var rows = await connection.BeginBinaryImportAsync(
                "COPY sales.outbox (\"EventId\", \"Type\", \"Key\", \"Payload\", \"OccurredAt\") FROM STDIN BINARY"
            )
        )
        {
            for (var index = 0; index < events; index++)
            {
                var made = SaleMade.Now();
                await rows.WriteRowAsync(
                    CancellationToken.None,
                    Guid.CreateVersion7(),
                    SaleMade.Alias,
                    made.SaleId,
                    JsonSerializer.Serialize(made, JsonSerializerOptions.Web),
                    made.MadeAt.UtcDateTime
                );
            }
            await rows.CompleteAsync();
        }
        _release = async () =>
        {
            await transaction.CommitAsync();
            await connection.DisposeAsync();
            await MakeSaleAsync();
        };
    }

    public Task ReleaseBacklogAsync() => _release();

    public async Task HandledAsync()
    {
        await using var head = _source.CreateCommand(
            "SELECT coalesce(max(\"Position\"), 0) FROM sales.outbox"
        );
        var said = (long)(await head.ExecuteScalarAsync())!;
        var cursors = _listeners.Select(name =>
            $"SELECT coalesce(max(\"Position\"), 0) AS position FROM {name}.cursor WHERE \"Stream\" = 'sales'"
        );
#pragma warning disable CA2100 // The texts are this program's own.
        await using var least = _source.CreateCommand(
            $"SELECT min(position) FROM ({string.Join(" UNION ALL ", cursors)}) AS cursors"
        );
#pragma warning restore CA2100
        while ((long)(await least.ExecuteScalarAsync())! < said)
            await Task.Delay(BetweenLooks);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _source.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task CreateTablesAsync(IServiceProvider services, IEnumerable<IModule> modules)
    {
        foreach (var module in modules)
        {
            await using var scope = services.CreateAsyncScope();
            var context = (DbContext)
                scope.ServiceProvider.GetRequiredService(module.Define().DatabaseContext!);
            await context.GetService<IRelationalDatabaseCreator>().CreateTablesAsync();
        }
    }

    private static async Task StoreAsync(string connectionString, IEnumerable<string> listeners, int sales)
    {
        if (sales == 0)
            return;
        var payload = JsonSerializer.Serialize(SaleMade.Now(), JsonSerializerOptions.Web);
        await Sql.ExecuteAsync(
            connectionString,
            $"""
            INSERT INTO sales.sale ("Id", "CustomerId", "Item", "Total", "MadeAt")
            SELECT gen_random_uuid(), gen_random_uuid(), 'Bibimbap', 23000, now() - number * interval '1 second'
            FROM generate_series(1, {sales}) AS number;
            INSERT INTO sales.outbox ("EventId", "Type", "Key", "Payload", "OccurredAt")
            SELECT gen_random_uuid(), '{SaleMade.Alias}', gen_random_uuid(), '{payload}', now()
            FROM generate_series(1, {sales}) AS number;
            """
        );
        foreach (var listener in listeners)
        {
            await Sql.ExecuteAsync(
                connectionString,
                $"""
                INSERT INTO {listener}.effect ("Id", "Item", "Total")
                SELECT gen_random_uuid(), 'Bibimbap', 23000 FROM generate_series(1, {sales});
                INSERT INTO {listener}.cursor ("Stream", "Position", "Replays")
                SELECT 'sales', max("Position"), 0 FROM sales.outbox;
                """
            );
        }
        await Sql.ExecuteAsync(connectionString, "VACUUM (ANALYZE)");
    }
}
