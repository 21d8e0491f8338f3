using System.Reflection;
using Host.Commands;
using Platform.Modules;

namespace Host;

/// <summary>
/// The host as a library, for a build with modules of its own choice: serving with edge, identity, gateway and telemetry,
/// and the commands <c>migrate</c>, <c>streams</c>, <c>copy-database</c>, <c>extract</c> and <c>codegen</c>.
/// </summary>
public static class HostProgram
{
    /// <summary>Does what the arguments ask for, or says in one sentence why not.</summary>
    /// <param name="arguments">As typed: a command or none, and settings as <c>--key=value</c>.</param>
    /// <param name="generatedHandlers">
    /// The assembly with the code that <c>codegen write</c> generated for the modules' event handlers.
    /// </param>
    /// <param name="modules">Every module of the build, one of each.</param>
    /// <returns>The exit code: 0 when it was done.</returns>
    public static Task<int> RunAsync(
        string[] arguments,
        Assembly generatedHandlers,
        params IReadOnlyList<IModule> modules
    )
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ArgumentNullException.ThrowIfNull(generatedHandlers);
        ArgumentNullException.ThrowIfNull(modules);
        return RunAsync(
            arguments,
            new Composition(modules, bus => bus.ApplicationAssembly = generatedHandlers)
        );
    }

    /// <summary>The same, with what a build is composed of.</summary>
    internal static async Task<int> RunAsync(string[] arguments, Composition composition)
    {
        if (MachineCheck.Missing() is not { } missing)
            return await Command.RunAsync(arguments, composition);
        MachineCheck.Say(missing);
        return 1;
    }
}
