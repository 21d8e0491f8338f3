using Wolverine;

namespace Host;

/// <summary>
/// Where the bus finds the code that was generated for the modules' event handlers, so that nothing is compiled at
/// start. <c>scripts/generate-handlers</c> writes it anew after a handler is added.
/// </summary>
internal static class GeneratedHandlers
{
    public static void Use(WolverineOptions bus)
    {
        ArgumentNullException.ThrowIfNull(bus);
        bus.ApplicationAssembly = typeof(GeneratedHandlers).Assembly;
    }
}
