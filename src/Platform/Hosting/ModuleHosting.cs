using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Brokers;
using Platform.Data;
using Platform.Modules;
using Platform.Ops;
using Platform.Streams;
using Wolverine;

namespace Platform.Hosting;

/// <summary>Puts modules into a process.</summary>
public static class ModuleHosting
{
    /// <summary>
    /// Adds those of <paramref name="modules"/> whose <c>Modules:{Name}:Placement</c> is <c>Local</c>, the default,
    /// with their databases, handlers, streams and background work. What they exchange with <c>Remote</c> ones goes
    /// over the broker.
    /// </summary>
    /// <param name="builder">The web application to run them in.</param>
    /// <param name="modules">Every module this build has, one of each.</param>
    /// <param name="configureBus">Where the generated handlers are; the rest of the bus is configured here.</param>
    /// <exception cref="Platform.Settings.SettingRefusedException">A module's database is not well configured.</exception>
    public static WebApplicationBuilder AddModules(
        this WebApplicationBuilder builder,
        IReadOnlyList<IModule> modules,
        Action<WolverineOptions>? configureBus = null
    )
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(modules);
        var placed = PlacedModules.Read(modules, builder.Configuration);
        var catalog = placed.Catalog;

        builder.Services.AddPlatform(catalog, builder.Configuration);
        builder.Services.AddBroker(catalog, builder.Configuration);
        foreach (var (module, definition) in placed.Here)
        {
            builder.Services.AddSingleton(module);
            builder.Services.AddModule(definition);
            module.AddServices(
                builder.Services,
                builder.Configuration.GetSection($"Modules:{definition.Name}")
            );
        }
        builder.Services.AddWolverine(
            ExtensionDiscovery.ManualOnly,
            bus =>
            {
                StreamBus.Configure(bus, catalog);
                configureBus?.Invoke(bus);
            }
        );
        return builder;
    }

    /// <summary>Maps the endpoints of every module in this process, behind each one's gate, and the operator's.</summary>
    /// <exception cref="HandlersRefusedException">Code that was generated does not fit what a module handles.</exception>
    public static WebApplication MapModules(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        HandlerAdapters.Verify(
            app.Services.GetRequiredService<ModuleCatalog>(),
            app.Services.GetRequiredService<WolverineOptions>()
        );
        app.UseMiddleware<GateMiddleware>();
        var gates = app.Services.GetRequiredService<ModuleGates>();
        foreach (var module in app.Services.GetServices<IModule>())
        {
            var definition = module.Define();
            var gated = app.MapGroup("").WithMetadata(new Gated(gates.Of(definition), definition));
            module.MapEndpoints(gated.WithTags(definition.Name));
        }
        app.MapOps();
        return app;
    }

    /// <summary>Applies every pending migration of the modules in this process.</summary>
    public static Task MigrateModulesAsync(this IHost app, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Services.GetRequiredService<ModuleMigrations>().ApplyAllAsync(cancellationToken);
    }

    /// <summary>The modules in this process whose databases lack migrations; it changes nothing.</summary>
    /// <exception cref="MigrationFailedException">A database cannot be looked at.</exception>
    public static Task<IReadOnlyList<string>> ModulesToMigrateAsync(
        this IHost app,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Services.GetRequiredService<ModuleMigrations>().PendingAsync(cancellationToken);
    }
}
