using Platform.Ops;
using Platform.Telemetry;

namespace Host.Pages;

/// <summary>What the control room shows.</summary>
internal sealed record OpsView(
    IReadOnlyList<(ModuleView Module, ModulePace Pace)> Modules,
    IReadOnlyList<OpsAlert> Alerts,
    DateTimeOffset At
);

/// <summary>Puts together what an operator sees: how things stand, how they went lately, and what is out of bounds.</summary>
internal sealed class OpsRoom(
    ModuleOverview overview,
    ModulePaces paces,
    Gauges gauges,
    OpsAlerts alerts,
    TimeProvider clock
)
{
    public async Task<OpsView> LookAsync(CancellationToken cancellationToken)
    {
        await gauges.ReadAsync(cancellationToken);
        var modules = await overview.ReadAsync(cancellationToken);
        var views = modules.Select(module => (module, paces.Of(module.Name))).ToList();
        return new OpsView(views, alerts.Judge(views), clock.GetUtcNow());
    }
}
