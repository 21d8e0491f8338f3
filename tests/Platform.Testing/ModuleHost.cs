using System.Text.Json;
using System.Text.Json.Serialization;
using JasperFx.CodeGeneration;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Data;
using Platform.Hosting;
using Platform.Http;
using Platform.Modules;
using Platform.Streams;
using Wolverine;

namespace Platform.Testing;

/// <summary>
/// A process, as it were, that runs just the modules under test: a real web server on a free port, real databases of
/// the test's own, the real bus. Streams of modules that are not there are planted.
/// </summary>
public sealed class ModuleHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<HttpClient> _clients = [];

    private ModuleHost(WebApplication app) => _app = app;

    /// <summary>The services of the process.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Where it listens.</summary>
    public Uri Address =>
        new(
            _app.Services.GetRequiredService<IServer>()
                .Features.Get<IServerAddressesFeature>()!
                .Addresses.First()
        );

    /// <summary>How the API writes JSON.</summary>
    public static JsonSerializerOptions Json { get; } =
        new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Starts a process with these modules.</summary>
    /// <param name="folder">Where its databases are; start again on the same folder to see what survives.</param>
    /// <param name="modules">The modules under test.</param>
    /// <param name="planted">The streams of modules that are not there.</param>
    /// <param name="clock">Time, if the test wants to be its master.</param>
    /// <param name="settings">Configuration values.</param>
    /// <param name="configure">Anything else, before the process is built.</param>
    /// <param name="environment">Production by default, so that no demo data is seeded.</param>
    /// <param name="bus">Changes the bus, for tests of what it must refuse.</param>
    /// <param name="createTables">Creates the tables of a test module, which has no migrations.</param>
    /// <param name="faults">Called between any two steps of a consumer's transaction, with the name of the place.</param>
    public static async Task<ModuleHost> StartAsync(
        TemporaryFolder folder,
        IReadOnlyList<IModule> modules,
        IReadOnlyList<PlantedStream>? planted = null,
        TimeProvider? clock = null,
        IReadOnlyDictionary<string, string?>? settings = null,
        Action<WebApplicationBuilder>? configure = null,
        string environment = "Production",
        Action<string>? faults = null,
        Action<WolverineOptions>? bus = null,
        bool createTables = false
    )
    {
        ArgumentNullException.ThrowIfNull(folder);
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { EnvironmentName = environment, ContentRootPath = folder.Path }
        );
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?>
            {
                ["Database:Migrate"] = "true",
                ["Streams:RetryDelays:0"] = "00:00:00.010",
                ["Streams:RetryDelays:1"] = "00:00:00.010",
                ["Streams:RetryDelays:2"] = "00:00:00.010",
                ["Streams:RetryDelays:3"] = "00:00:00.010",
                ["Streams:Recovery"] = "00:00:00.100",
            }
        );
        builder.Configuration.AddInMemoryCollection(await folder.SettingsAsync());
        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        if (clock is not null)
            builder.Services.AddSingleton(clock);
        foreach (var stream in planted ?? [])
            builder.Services.AddSingleton<IStreamSource>(stream);
        builder.Services.AddJson();
        builder
            .Services.AddAuthentication(TestCallers.Name)
            .AddScheme<AuthenticationSchemeOptions, TestCallers>(TestCallers.Name, null);
        builder.Services.AddAuthorization();
        builder.AddModules(
            modules,
            options =>
            {
                options.CodeGeneration.TypeLoadMode = TypeLoadMode.Dynamic;
                options.UseRuntimeCompilation();
                bus?.Invoke(options);
            }
        );
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapModules();
        app.Services.GetRequiredService<FaultPoints>().Reached = faults;
        var signals = app.Services.GetRequiredService<StreamSignals>();
        foreach (var stream in planted ?? [])
            stream.Said += () => signals.Raise(stream.Stream);
        try
        {
            if (createTables)
                await CreateTablesAsync(app.Services, modules);
            await app.StartAsync();
            await app.Services.GetRequiredService<ModuleGates>().FirstTries;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
        return new ModuleHost(app);
    }

    /// <summary>A client that calls as nobody.</summary>
    public HttpClient Anonymous() => Client(null);

    /// <summary>A client that calls as this account.</summary>
    public HttpClient As(string role, Guid userId, Guid? storeId = null) =>
        Client(new Caller(userId, role, storeId));

    /// <summary>Looks into a module's database, in a context of its own.</summary>
    public async Task<T> ReadAsync<TContext, T>(Func<TContext, Task<T>> read)
        where TContext : ModuleDbContext
    {
        ArgumentNullException.ThrowIfNull(read);
        await using var scope = Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<TContext>());
    }

    /// <summary>What a module has said on its stream so far, in order.</summary>
    public async Task<IReadOnlyList<object>> SaidAsync<TContext>(Type anyEventOfTheModule)
        where TContext : ModuleDbContext
    {
        ArgumentNullException.ThrowIfNull(anyEventOfTheModule);
        var types = EventType.DeclaredIn(anyEventOfTheModule.Assembly).ToDictionary(type => type.Alias);
        var rows = await ReadAsync<TContext, List<OutboxRow>>(context =>
            context.Outbox.AsNoTracking().OrderBy(row => row.Position).ToListAsync()
        );
        return [.. rows.Select(row => types[row.Type].Deserialize(row.Payload))];
    }

    /// <summary>Waits until a module has passed everything that its streams hold now.</summary>
    public async Task CaughtUpAsync()
    {
        var runner = Services.GetRequiredService<SubscriptionRunner>();
        var sources = Services.GetRequiredService<StreamSources>();
        foreach (var subscription in runner.All)
        {
            var definition = subscription.Definition;
            var head = await sources.Find(definition.Stream)!.HeadAsync(CancellationToken.None);
            await Eventually.HoldsAsync(
                async () =>
                {
                    await using var scope = Services.CreateAsyncScope();
                    var context = (ModuleDbContext)
                        scope.ServiceProvider.GetRequiredService(definition.Module.DatabaseContext!);
                    var cursor = await context
                        .Cursors.AsNoTracking()
                        .SingleOrDefaultAsync(row => row.Stream == definition.Stream);
                    return cursor is not null && cursor.Position >= head;
                },
                $"{definition} passes {head}; it is {subscription.Status.State}: {subscription.Status.LastError}"
            );
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static async Task CreateTablesAsync(IServiceProvider services, IReadOnlyList<IModule> modules)
    {
        foreach (var context in modules.Select(module => module.Define().DatabaseContext).OfType<Type>())
        {
            await using var scope = services.CreateAsyncScope();
            if (scope.ServiceProvider.GetService(context) is ModuleDbContext database)
                await database.Database.EnsureCreatedAsync();
        }
    }

    private HttpClient Client(Caller? caller)
    {
        var client = new HttpClient { BaseAddress = Address };
        if (caller is not null)
            client.DefaultRequestHeaders.Add(TestCallers.Header, TestCallers.HeaderOf(caller));
        _clients.Add(client);
        return client;
    }
}
