using Platform.Ops;
using Platform.Telemetry;

namespace Host.Pages;

/// <summary>What the control room shows.</summary>
internal sealed record OpsView(
    IReadOnlyList<(ModuleView Module, ModulePace Pace)> Modules,
    IReadOnlyList<OpsAlert> Alerts,
    DateTimeOffset At
);

/// <summary>
/// Puts together what an operator sees of every module, wherever it runs: how things stand, how they went lately in
/// this process, and what is out of bounds.
/// </summary>
internal sealed class OpsRoom(
    ModuleOverview overview,
    RemoteOps elsewhere,
    ModulePaces paces,
    Gauges gauges,
    OpsAlerts alerts,
    TimeProvider clock
)
{
    public async Task<OpsView> LookAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var theirs = elsewhere.ListModulesAsync(request, cancellationToken);
        await gauges.ReadAsync(cancellationToken);
        List<ModuleView> modules = [.. await overview.ReadAsync(cancellationToken), .. await theirs];
        var views = modules.Select(module => (module, paces.Of(module.Name))).ToList();
        return new OpsView(views, alerts.Judge(views), clock.GetUtcNow());
    }
}
