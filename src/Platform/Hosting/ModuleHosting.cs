using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Platform.Brokers;
using Platform.Commands;
using Platform.Data;
using Platform.Homes;
using Platform.Live;
using Platform.Modules;
using Platform.Ops;
using Platform.Settings;
using Platform.Streams;
using Platform.Telemetry;
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
        foreach (var module in modules)
            RefuseUnknownSettings(module.Define(), builder.Configuration);
        var placed = modules
            .Select(module => (Module: module, Definition: module.Define()))
            .ToLookup(module => PlacementOf(module.Definition, builder.Configuration));
        var local = placed[Placement.Local].ToList();
        var catalog = new ModuleCatalog(
            [.. local.Select(module => module.Definition)],
            [
                .. placed[Placement.Remote]
                    .Select(module => new RemoteModule(
                        module.Definition,
                        ModuleAddresses.Read(builder.Configuration, module.Definition.Name)
                    )),
            ],
            ForeignTo(modules, local.Select(module => module.Definition), builder.Configuration)
        );

        builder.Services.AddPlatform(catalog, builder.Configuration);
        builder.Services.AddBroker(catalog, builder.Configuration);
        builder.Services.AddSingleton(DatabasesOf(catalog, builder.Configuration));
        foreach (var (module, definition) in local)
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

    /// <summary>A misspelt key would leave the default in force, and nobody would know.</summary>
    private static void RefuseUnknownSettings(ModuleDefinition module, IConfiguration configuration)
    {
        IReadOnlyList<string> known = ["Placement", "Address", "Database", "Home", .. module.Settings];
        foreach (var setting in configuration.GetSection($"Modules:{module.Name}").GetChildren())
        {
            if (!known.Contains(setting.Key, StringComparer.OrdinalIgnoreCase))
            {
                throw new SettingRefusedException(
                    setting.Path,
                    $"there is no such setting; {module.Name} knows {string.Join(", ", known)}."
                );
            }
        }
    }

    private static Placement PlacementOf(ModuleDefinition module, IConfiguration configuration)
    {
        var key = $"Modules:{module.Name}:Placement";
        return configuration[key] is not { } text ? Placement.Local
            : Enum.TryParse<Placement>(text, ignoreCase: true, out var placement) ? placement
            : throw new SettingRefusedException(key, $"'{text}' is not known; use Local, Remote or Off.");
    }

    /// <summary>What is followed and said by no module of the build comes from another build, if there is a broker.</summary>
    private static IReadOnlyList<string> ForeignTo(
        IReadOnlyList<IModule> modules,
        IEnumerable<ModuleDefinition> local,
        IConfiguration configuration
    ) =>
        BrokerSetup.IsNamed(configuration)
            ?
            [
                .. local
                    .SelectMany(module => module.FollowedStreams)
                    .Except(modules.Select(module => module.Define().Stream), StringComparer.Ordinal),
            ]
            : [];

    private static ModuleDatabases DatabasesOf(ModuleCatalog catalog, IConfiguration configuration) =>
        new(
            catalog
                .Modules.Where(module => module.DatabaseContext is not null)
                .ToDictionary(
                    module => module.Name,
                    module => DatabaseChoice.Read(configuration, $"Modules:{module.Name}", module.Stream),
                    StringComparer.Ordinal
                )
        );

    private static void AddPlatform(
        this IServiceCollection services,
        ModuleCatalog catalog,
        IConfiguration configuration
    )
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(catalog);
        services.AddSingleton<ModuleGates>();
        services.AddSingleton(
            new LocalHome(
                HomeName.Read(configuration),
                catalog
                    .Modules.Select(module =>
                        (module.Name, Home: HomeName.ReadOf(module.Name, configuration))
                    )
                    .Where(begins => begins.Home is not null)
                    .ToDictionary(begins => begins.Name, begins => begins.Home!, StringComparer.Ordinal)
            )
        );
        services.AddSingleton<HomeStore>();
        services.AddSingleton<ModuleHomes>();
        services.AddSingleton<Reach>();
        services.AddSingleton<HomeWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<HomeWatch>());
        services.AddSingleton<MovePlans>();
        services.AddSingleton<Moves>();
        services.AddSingleton<FollowerPlaces>();
        services.AddSingleton<DataMoveAttendant>();
        services.AddHostedService<Mover>();
        services.AddSingleton<ModuleMigrations>();
        services.AddSingleton<Sender>();
        services.AddSingleton<StreamSignals>();
        services.AddSingleton<StreamTails>();
        services.AddSingleton<StreamSources>();
        services.AddSingleton<StreamBroadcast>();
        services.AddSingleton(provider => new LiveStreams(
            provider.GetRequiredService<StreamBroadcast>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<LiveTenures>()
        ));
        services.TryAddSingleton<LiveTenures>();
        services.AddSingleton<FaultPoints>();
        services.AddSingleton(new ReplicaId(Guid.CreateVersion7()));
        services.AddSingleton<SubscriptionRunner>();
        services.AddSingleton<HandOnAtCommit>();
        services.AddSingleton<OutboxGuard>();
        services.AddSingleton<RowInserter>();
        services.AddSingleton<GroupCommit>();
        services.AddSingleton<ModuleOverview>();
        services.AddSingleton<ModuleSizes>();
        services.AddSingleton<DeadLetters>();
        services.AddSingleton<StreamComparisons>();
        services.AddSingleton<RemoteCalls>();
        services.AddSingleton<RemoteOps>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<HomeCalls>();
        services.AddSingleton<Pauses>();
        services.AddSingleton<Gauges>();
        services.TryAddSingleton<IncidentLog>();
        services
            .AddOptions<StreamOptions>()
            .Bind(configuration.GetSection("Streams"), binder => binder.ErrorOnUnknownConfiguration = true)
            .Validate(options => options.BatchSize is >= 1 and <= 1_000, "Streams:BatchSize: use 1 to 1000.")
            .Validate(
                options => options.HasOnlyLengthsOfTime,
                "Streams: every length of time must be more than zero."
            )
            .ValidateOnStart();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<StreamOptions>>().Value);
        services.AddOptions<DatabaseOptions>().Bind(configuration.GetSection("Database"));
        services.AddHostedService<ModuleStarter>();
        services.AddHostedService<SubscriptionsEnd>();
        services
            .AddOptions<CommandOptions>()
            .Bind(configuration.GetSection("Commands"), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateOnStart();
        services.AddHostedService<OutboxTrimmer>();
        services.AddHostedService<IdempotencyTrimmer>();
        services.AddHostedService<SweepRunner>();

        services.AddTransient<ServiceFactory>(provider => provider.GetRequiredService);
        services.AddTransient<IMediator, Mediator>();
        services.AddScoped<Attempt>();
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(TelemetryBehaviour<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(ValidationBehaviour<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(UnitOfWorkBehaviour<,>));
        services.AddTransient(typeof(IPipelineBehavior<,>), typeof(IdempotencyBehaviour<,>));
    }

    private static void AddModule(this IServiceCollection services, ModuleDefinition module)
    {
        if (module.DatabaseContext is not null)
        {
            module.AddDatabase!(
                services,
                (provider, options) => ModuleDatabase.Configure(provider, options, module)
            );
            services.AddSingleton<IStreamSource>(provider => new OutboxSource(
                module,
                provider.GetRequiredService<IServiceScopeFactory>(),
                provider.GetRequiredService<StreamTails>().Of(module.Stream)
            ));
        }
        foreach (var sweep in module.Sweeps)
            services.AddScoped(sweep);
        if (module.DemoData is not null)
            services.AddScoped(module.DemoData);
        if (module.Figures is not null)
            services.AddScoped(module.Figures);
        services.Scan(scan =>
            scan.FromAssemblies(module.Assembly)
                .AddClasses(classes => classes.AssignableTo(typeof(IRequestHandler<,>)), publicOnly: false)
                .As(type => ClosedFormsOf(typeof(IRequestHandler<,>), type))
                .WithTransientLifetime()
                .AddClasses(classes => classes.AssignableTo(typeof(IValidator<>)), publicOnly: false)
                .As(type => ClosedFormsOf(typeof(IValidator<>), type))
                .WithSingletonLifetime()
        );
        services
            .AddHealthChecks()
            .Add(
                new(
                    module.Name,
                    provider => ActivatorUtilities.CreateInstance<ModuleHealth>(provider, module),
                    failureStatus: null,
                    tags: ["ready", "module"]
                )
            );
    }

    private static IEnumerable<Type> ClosedFormsOf(Type open, Type type) =>
        type.GetInterfaces().Where(form => form.IsGenericType && form.GetGenericTypeDefinition() == open);
}
