using Platform.Domain;
using Platform.Homes;
using Platform.Http;
using Platform.Modules;
using Platform.Ops;

namespace Host.ControlRoom;

/// <summary>Finds out where a module is at home, in whichever process can say it.</summary>
internal sealed class HomeReader(
    ModuleCatalog modules,
    HomeCalls calls,
    MovePlans plans,
    AuditTrail audit,
    RemoteOps elsewhere
)
{
    /// <summary>Null when there is no such module, or nobody can be asked who could run it.</summary>
    public async Task<HomePageView?> LookAsync(
        string name,
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var home = modules.Find(name) is { DatabaseContext: not null } module
            ? await calls.ViewAsync(module, cancellationToken)
            : await elsewhere.AskAsync<HomeView>(name, request, PathOf(name), cancellationToken);
        if (home is null)
            return null;
        var acts = await audit.ListAsync(null, PageCursor.MaximumLimit, request, cancellationToken);
        return new HomePageView(
            home,
            elsewhere.AddressesOf(home.Module),
            acts.IsDone ? HomePages.LatestOf(home.Module, acts.Value.Items) : []
        );
    }

    public async Task<Result<MovePlan>> PlanAsync(
        string name,
        string to,
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (HomeEndpoints.AddressOf(to) is not { } address)
            return HomeEndpoints.AddressRequired;
        if (modules.Find(name) is { DatabaseContext: not null } module)
            return await plans.MakeAsync(module, address, takesData: false, cancellationToken);
        return
            await elsewhere.AskAsync<MovePlan>(name, request, $"{PathOf(name)}/plan", cancellationToken)
                is { } plan
            ? plan
            : RemoteOps.Unreachable(name);
    }

    private static string PathOf(string name) => $"/api/ops/modules/{Uri.EscapeDataString(name)}/home";
}
