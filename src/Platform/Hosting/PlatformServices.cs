using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Platform.Commands;
using Platform.Data;
using Platform.Homes;
using Platform.Live;
using Platform.Modules;
using Platform.Ops;
using Platform.Streams;
using Platform.Telemetry;

namespace Platform.Hosting;

/// <summary>What all modules of a process share.</summary>
internal static class PlatformServices
{
    public static void AddPlatform(
        this IServiceCollection services,
        ModuleCatalog catalog,
        IConfiguration configuration
    )
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(catalog);
        services.AddSingleton(DatabasesOf(catalog, configuration));
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
        services.AddHostedService<ReplicaSignals>();
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
}
