using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Modules;
using Platform.Settings;

namespace Platform.Brokers;

/// <summary>Connects a process with those that hold the other modules of its deployment.</summary>
internal static class BrokerSetup
{
    private const string Section = "Broker";

    /// <summary>Whether this process is connected with others.</summary>
    public static bool IsNamed(IConfiguration configuration) =>
        configuration.GetValue($"{Section}:Kind", BrokerKind.None) is not BrokerKind.None;

    public static void AddBroker(
        this IServiceCollection services,
        ModuleCatalog modules,
        IConfiguration configuration
    )
    {
        var options = new BrokerOptions();
        configuration.GetSection(Section).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        services.AddSingleton(options);
        OutsideFollowers.Check(options, modules);
        var need = FirstNeed(modules) ?? OutsideFollowers.FirstNeed(options);
        if (need is null && options.Kind is BrokerKind.None)
            return;
        Check(options, need);
        services.AddSingleton<IBroker>(_ =>
            options.Kind is BrokerKind.Kafka ? new KafkaBroker(options) : new RabbitMqBroker(options)
        );
        services.AddSingleton<RelayRunner>();
        services.AddHostedService(provider => provider.GetRequiredService<RelayRunner>());
        services.AddSingleton<Ownerships>();
        services.AddHostedService(provider => provider.GetRequiredService<Ownerships>());
        services.AddSingleton<FormerFollowers>();
        services.AddHostedService(provider => provider.GetRequiredService<FormerFollowers>());
        services.AddSingleton<BrokerProbe>();
        services.AddHealthChecks().AddCheck<BrokerHealth>("Broker", tags: ["ready", "aside"]);
    }

    private static void Check(BrokerOptions options, string? need)
    {
        if (options.Kind is BrokerKind.None)
            throw new SettingRefusedException(
                $"{Section}:Kind",
                $"{need}, so name a broker: RabbitMq or Kafka."
            );
        if (string.IsNullOrWhiteSpace(options.ConnectionString))
            throw new SettingRefusedException($"{Section}:ConnectionString", $"say where {options.Kind} is.");
        if (options.Kind is BrokerKind.RabbitMq)
            CheckAddress(options.ConnectionString);
        if (options.Kind is BrokerKind.Kafka)
            KafkaBroker.Check(options.ConnectionString);
    }

    /// <summary>Followers and relays have to meet at one broker, so it has one address.</summary>
    private static void CheckAddress(string connectionString)
    {
        if (
            Uri.TryCreate(connectionString, UriKind.Absolute, out var address)
            && address.Scheme is "amqp" or "amqps"
            && !address.Host.Contains(',', StringComparison.Ordinal)
        )
            return;
        throw new SettingRefusedException(
            $"{Section}:ConnectionString",
            connectionString.Contains(',', StringComparison.Ordinal)
                ? "it may name one address alone: for a cluster, that of a proxy or a DNS name which leads to a node that answers."
                : "it is not of the form amqp://user:password@host:5672/virtual-host."
        );
    }

    /// <summary>Which event would have to leave or enter this process; null when none has to.</summary>
    private static string? FirstNeed(ModuleCatalog modules)
    {
        foreach (var module in modules.Modules)
        {
            if (modules.RemoteFollowersOf(module.Stream).FirstOrDefault() is { } follower)
                return $"{follower.Name} is Remote and follows the events of {module.Name} here";
            if (module.FollowedStreams.FirstOrDefault(modules.IsRemote) is { } stream)
                return $"{module.Name} follows '{stream}' here, whose module runs in another process";
        }
        return null;
    }
}
