using Host;
using Host.Commands;
using Orders;
using Platform.Modules;
using Reviews;
using Riders;
using Wolverine;

namespace FourModules;

/// <summary>The host with one module more, which handles events that the others handle too.</summary>
internal static class FourModulesHost
{
    public static Composition Composition { get; } =
        new(
            (IModule[])[new OrdersModule(), new RidersModule(), new ReviewsModule(), new EchoesModule()],
            UseGeneratedHandlers
        );

    public static Task<int> Main(string[] args) => HostProgram.RunAsync(args, Composition);

    private static void UseGeneratedHandlers(WolverineOptions bus) =>
        bus.ApplicationAssembly = typeof(FourModulesHost).Assembly;
}
