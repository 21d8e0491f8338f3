namespace Platform.Modules;

/// <summary>Where a module runs, as <c>Modules:{Name}:Placement</c> says.</summary>
public enum Placement
{
    /// <summary>In this process.</summary>
    Local,

    /// <summary>In another process, reached over the broker.</summary>
    Remote,

    /// <summary>Not part of this deployment.</summary>
    Off,
}

/// <summary>A module of this deployment that runs in another process.</summary>
/// <param name="Definition">What the module declares of itself; both processes are of the same build.</param>
/// <param name="Addresses">
/// Where its HTTP calls are answered, by each replica at one of them; empty when this process need not know.
/// </param>
internal sealed record RemoteModule(ModuleDefinition Definition, IReadOnlyList<Uri> Addresses);
