using Platform.Brokers;
using Platform.Modules;
using Platform.Settings;

namespace Host.Settings;

/// <summary>What a build follows whose publisher it does not have: that is in other processes, whatever is configured.</summary>
internal static class OtherBuilds
{
    /// <summary>Refuses to serve without a broker what only a broker can bring.</summary>
    /// <exception cref="SettingRefusedException">There is no broker.</exception>
    public static void Check(HostSettings settings, IReadOnlyList<IModule> modules)
    {
        if (settings.Broker.Kind is not BrokerKind.None)
            return;
        ModuleDefinition[] definitions = [.. modules.Select(module => module.Define())];
        foreach (
            var module in definitions.Where(one => settings.Modules[one.Name].Placement is Placement.Local)
        )
        {
            var foreign = module.FollowedStreams.Except(
                definitions.Select(one => one.Stream),
                StringComparer.Ordinal
            );
            if (foreign.FirstOrDefault() is { } stream)
                throw new SettingRefusedException(
                    "Broker:Kind",
                    $"{module.Name} follows '{stream}', which no module of this build says, so name a broker: RabbitMq or Kafka."
                );
        }
    }
}
