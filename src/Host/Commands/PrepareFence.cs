using Platform.Homes;

namespace Host.Commands;

/// <summary>
/// Gives a module's tables the triggers of their fence, by the login that owns them, where the web app's own does not:
/// so that a home that was left can be kept from writing. Nobody is refused anything by it yet.
/// </summary>
internal static class PrepareFence
{
    public static async Task<int> RunAsync(CommandLine line, Composition composition, string name)
    {
        await using var module = ModuleOfMove.Open(line, composition, name);
        await using var context = module.Open(module.Configured);
        var rows = new HomeRows(context);
        if (await rows.WhyNoFenceAsync(CancellationToken.None) is { } refusal)
        {
            await Console.Error.WriteLineAsync(refusal);
            return Extract.Refused;
        }
        await rows.PrepareFenceAsync(CancellationToken.None);
        Console.WriteLine($"{module.Definition.Name}: its fence is prepared; nobody is refused yet.");
        return 0;
    }
}
