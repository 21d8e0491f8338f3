using Platform.Domain;
using Platform.Homes;
using Platform.Http;
using Platform.Modules;
using Platform.Ops;

namespace Host.Pages;

/// <summary>Finds out where a module is at home, in whichever process can say it.</summary>
internal sealed class HomeRoom(
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
        var acts = await ListActsAsync(null, PageCursor.MaximumLimit, request, cancellationToken);
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
            : Error.Unavailable(
                "module_unreachable",
                $"The process of {name} cannot be reached just now. Try again shortly."
            );
    }

    /// <summary>A page of what operators did, to modules here and elsewhere.</summary>
    public async Task<Result<Page<AuditView>>> ListActsAsync(
        string? cursor,
        int limit,
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var here = await audit.ListAsync(cursor, limit, cancellationToken);
        if (!here.IsDone)
            return here;
        var pages = await elsewhere.AskAllAsync<Page<AuditView>>(
            request,
            $"/api/ops/audit?limit={limit}{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}",
            cancellationToken
        );
        return AuditTrail.Merge(here.Value, pages.SelectMany(page => page.Items), limit);
    }

    private static string PathOf(string name) => $"/api/ops/modules/{Uri.EscapeDataString(name)}/home";
}
