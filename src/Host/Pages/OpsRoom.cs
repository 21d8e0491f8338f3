using Platform.Ops;
using Platform.Telemetry;

namespace Host.Pages;

/// <summary>What the control room shows.</summary>
/// <param name="Modules">How each module stands, and went lately.</param>
/// <param name="Alerts">What is out of bounds.</param>
/// <param name="Business">The business's figures, but for ages, which grow by themselves; modules show them.</param>
/// <param name="At">When that was so.</param>
internal sealed record OpsView(
    IReadOnlyList<(ModuleView Module, ModulePace Pace)> Modules,
    IReadOnlyList<OpsAlert> Alerts,
    IReadOnlyList<double> Business,
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
        ModulePaces.LeaveOut();
        var theirs = elsewhere.ListModulesAsync(request, cancellationToken);
        await gauges.ReadAsync(cancellationToken);
        List<ModuleView> modules = [.. await overview.ReadAsync(cancellationToken), .. await theirs];
        var views = modules.Select(module => (module, paces.Of(module.Name))).ToList();
        return new OpsView(views, alerts.Judge(views), Business, clock.GetUtcNow());
    }

    private IReadOnlyList<double> Business =>
        [
            .. gauges
                .Latest.Where(reading => !reading.Name.Contains("oldest", StringComparison.Ordinal))
                .Select(reading => reading.Value),
        ];
}
