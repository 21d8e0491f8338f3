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
        bus.Policies.Add(new HandlerAdapters(catalog));
        bus.Discovery.DisableConventionalDiscovery();

        var transport = new StreamTransport();
        foreach (var module in catalog.Modules)
        {
            foreach (var stream in module.FollowedStreams)
                transport.Add(new StreamEndpoint(new SubscriptionDefinition(module, stream)));
            foreach (var handled in module.HandledEvents)
                bus.Discovery.IncludeType(handled.Handler);
        }
        // An event that several modules handle is one to the bus, which refuses to be told twice.
        foreach (
            var type in catalog
                .Modules.SelectMany(module => module.HandledEvents)
                .Select(one => one.Event)
                .Distinct()
        )
            bus.RegisterMessageType(type.ClrType, type.Alias);
        bus.Transports.Add(transport);
    }
}
