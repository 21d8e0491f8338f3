using JasperFx.CodeGeneration;
using Platform.Modules;
using Platform.Streams;
using Wolverine;

namespace Platform.Hosting;

/// <summary>Sets the bus up so that events reach handlers over streams, and in no other way.</summary>
internal static class StreamBus
{
    public static void Configure(WolverineOptions bus, ModuleCatalog catalog)
    {
        bus.ServiceName = "monolith";
        bus.Durability.Mode = DurabilityMode.Solo;
        bus.MultipleHandlerBehavior = MultipleHandlerBehavior.Separated;
        bus.EnableAutomaticFailureAcks = false;
        bus.EnableRemoteInvocation = false;
        bus.CodeGeneration.TypeLoadMode = TypeLoadMode.Static;
        bus.Policies.AddMiddleware(typeof(HandlerReceipt));
        bus.Discovery.DisableConventionalDiscovery();

        var transport = new StreamTransport();
        foreach (var module in catalog.Modules)
        {
            foreach (var stream in module.FollowedStreams)
                transport.Add(new StreamEndpoint(new SubscriptionDefinition(module, stream)));
            foreach (var handled in module.HandledEvents)
            {
                bus.Discovery.IncludeType(handled.Handler);
                bus.RegisterMessageType(handled.Event.ClrType, handled.Event.Alias);
            }
        }
        bus.Transports.Add(transport);
    }
}
