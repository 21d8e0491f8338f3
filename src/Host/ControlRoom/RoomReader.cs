using Platform.Modules;
using Platform.Ops;
using Platform.Telemetry;

namespace Host.ControlRoom;

/// <summary>What the control room shows.</summary>
/// <param name="Modules">How each module stands, and went lately.</param>
/// <param name="Figures">What their business comes to.</param>
/// <param name="Alerts">What is out of bounds.</param>
/// <param name="At">When that was so.</param>
internal sealed record RoomView(
    IReadOnlyList<(ModuleView Module, ModulePace Pace)> Modules,
    IReadOnlyList<FigureView> Figures,
    IReadOnlyList<Alert> Alerts,
    DateTimeOffset At
);

/// <summary>
/// Puts together what an operator sees of every module, wherever it runs: how things stand, how they went lately,
/// and what is out of bounds.
/// </summary>
internal sealed class RoomReader(
    ModuleCatalog catalog,
    ModuleOverview overview,
    ModuleSizes sizes,
    RemoteOps elsewhere,
    ModulePaces paces,
    FigureTrends trends,
    RoomSampler rounds,
    Gauges gauges,
    Alerts alerts,
    TimeProvider clock
)
{
    /// <summary>What an operator sees of all modules; those elsewhere are asked in the operator's own name.</summary>
    public async Task<RoomView> LookAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        ModulePaces.LeaveOut();
        rounds.Begin(LookHereAsync);
        var theirs = elsewhere.ListModulesAsync(request, cancellationToken);
        var theirFigures = elsewhere.ListFiguresAsync(request, cancellationToken);
        var allPaces = ListPacesAsync(request, cancellationToken);
        var (ours, ourFigures) = await ReadHereAsync(cancellationToken);
        return Judge([.. ours, .. await theirs], [.. ourFigures, .. await theirFigures], await allPaces);
    }

    /// <summary>What figures say on whether each module should leave.</summary>
    public async Task<IReadOnlyList<ScoreView>> ScoreAsync(
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var view = await LookAsync(request, cancellationToken);
        var theirs = elsewhere.ListSizesAsync(request, cancellationToken);
        var ours = await sizes.ReadAsync(cancellationToken);
        return ScoreCard.Of(view, [.. ours, .. await theirs]);
    }

    /// <summary>How the modules went lately, each as told by the process that runs it.</summary>
    public async Task<IReadOnlyList<ModulePace>> ListPacesAsync(
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var ours = catalog.Modules.Select(module => paces.Of(module.Name));
        if (RemoteCalls.IsPassedOn(request))
            return [.. ours];
        var theirs = await elsewhere.AskAllAsync<List<ModulePace>>(
            request,
            RoomPages.PacesPath,
            cancellationToken
        );
        return [.. ours, .. theirs.SelectMany(each => each)];
    }

    /// <summary>Looks at the modules of this process while nobody does, so that neither lines nor alerts have gaps.</summary>
    private async Task LookHereAsync(CancellationToken cancellationToken)
    {
        ModulePaces.LeaveOut();
        var (modules, figures) = await ReadHereAsync(cancellationToken);
        Judge(modules, figures, []);
    }

    /// <summary>The name of a subscription's line.</summary>
    public static string LagOf(string module, string stream) => $"{module}-{stream}-lag";

    /// <summary>The name of a figure's line, by which modules draw it.</summary>
    public static string LineOf(FigureView figure) =>
        figure.State is null ? figure.Name : $"{figure.Name} {figure.State}";

    private async Task<(IReadOnlyList<ModuleView>, IReadOnlyList<FigureView>)> ReadHereAsync(
        CancellationToken cancellationToken
    ) => (await overview.ReadAsync(cancellationToken), await gauges.ReadBusinessAsync(cancellationToken));

    private RoomView Judge(
        IReadOnlyList<ModuleView> modules,
        IReadOnlyList<FigureView> figures,
        IReadOnlyList<ModulePace> told
    )
    {
        foreach (var module in modules)
        foreach (var following in module.Subscriptions)
        {
            if (following.Lag is { } lag)
                trends.Take(LagOf(module.Name, following.Stream), FigureTrends.Quick, lag);
        }
        foreach (var figure in figures)
            trends.Take(LineOf(figure), FigureTrends.Slow, figure.Value);
        var views = modules
            .Select(module =>
                (module, told.FirstOrDefault(pace => pace.Module == module.Name) ?? paces.Of(module.Name))
            )
            .ToList();
        return new RoomView(views, figures, alerts.Judge(views, figures), clock.GetUtcNow());
    }
}
