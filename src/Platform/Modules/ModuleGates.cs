using Platform.Streams;

namespace Platform.Modules;

/// <summary>The gate of each module in this process.</summary>
internal sealed class ModuleGates(ModuleCatalog modules, StreamSignals signals) : IDisposable
{
    private readonly Dictionary<string, ModuleGate> _gates = modules.Modules.ToDictionary(
        module => module.Name,
        _ => new ModuleGate(signals.RaiseForAll),
        StringComparer.Ordinal
    );

    /// <summary>Completes once each module has opened its gate, or failed to.</summary>
    public Task FirstTries => Task.WhenAll(_gates.Values.Select(gate => gate.FirstTry));

    public ModuleGate Of(ModuleDefinition module) => _gates[module.Name];

    public void Dispose()
    {
        foreach (var gate in _gates.Values)
            gate.Dispose();
    }
}
