using Platform.Domain;
using Platform.Homes;
using Platform.Http;
using Platform.Modules;
using Platform.Ops;
using Platform.Pages;
using Nothing = Platform.Commands.Nothing;

namespace Host.ControlRoom;

/// <summary>What the control room shows of where a module is at home.</summary>
/// <param name="Home">Where that is, and how far a move has come.</param>
/// <param name="Addresses">Where its calls are sent to; none when they are answered here.</param>
/// <param name="Acts">What was done to it lately, newest first.</param>
/// <param name="Plan">What a move would do; null while none is being thought of.</param>
/// <param name="Refusal">Why what was asked for was not done; null when it was.</param>
/// <param name="To">What was typed in for the address of a plan.</param>
internal sealed record HomePageView(
    HomeView Home,
    IReadOnlyList<ModuleAddressView> Addresses,
    IReadOnlyList<AuditView> Acts,
    MovePlan? Plan = null,
    Error? Refusal = null,
    string? To = null
);

/// <summary>
/// Where each module is at home, as the control room shows and changes it, and what operators did. It is the same as
/// <c>/api/ops</c>, by the same means.
/// </summary>
internal static class HomePages
{
    private const int Most = 50;

    /// <summary>How many of a module's latest acts are shown beside it.</summary>
    private const int Latest = 8;

    public static void Map(RouteGroupBuilder ops)
    {
        ops.MapPage("/modules/{name}", ShowAsync);
        ops.MapPage("/modules/{name}/home", ShowNowAsync);
        ops.MapForm("/modules/{name}/home/{act:regex(^(move|undo|finish)$)}", ActAsync);
        ops.MapPage("/audit", ShowAuditAsync);
    }

    private static async Task<IResult> ShowAsync(
        string name,
        string? to,
        HomeReader room,
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (await room.LookAsync(name, request, cancellationToken) is not { } view)
            return Results.NotFound();
        if (to is null)
            return Page.Of<HomePage>(view);
        var plan = await room.PlanAsync(name, to, request, cancellationToken);
        return plan.IsDone
            ? Page.Of<HomePage>(view with { Plan = plan.Value, To = to })
            : Page.Refused<HomePage>(plan.Error, view with { Refusal = plan.Error, To = to });
    }

    private static async Task<IResult> ShowNowAsync(
        string name,
        HomeReader room,
        HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        await room.LookAsync(name, request, cancellationToken) is { } view
            ? Page.Fragment<HomeNow>(view)
            : Results.NotFound();

    private static async Task<IResult> ActAsync(
        string name,
        string act,
        string? to,
        HomeReader room,
        ModuleCatalog modules,
        Moves moves,
        RemoteOps elsewhere,
        Caller caller,
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var shown = $"/ops/modules/{Uri.EscapeDataString(name)}";
        if (modules.Find(name) is not { DatabaseContext: not null } module)
        {
            return await elsewhere.PassOnAsync(name, request, cancellationToken) is { } answer
                ? RoomPages.Shown(answer, shown)
                : Results.NotFound();
        }
        var done = act switch
        {
            "undo" => await moves.UndoAsync(module, caller.UserId, cancellationToken),
            "finish" => await moves.FinishAsync(module, caller.UserId, cancellationToken),
            _ when HomeEndpoints.AddressOf(to) is { } address => await moves.BeginAsync(
                module,
                address,
                takesData: false,
                caller.UserId,
                cancellationToken
            ),
            _ => (Result<Nothing>)HomeEndpoints.AddressRequired,
        };
        return done.Then<HomePage, Nothing>(request.HttpContext, shown);
    }

    private static async Task<IResult> ShowAuditAsync(
        string? cursor,
        AuditTrail audit,
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var page = await audit.ListAsync(cursor, Most, request, cancellationToken);
        return page.IsDone ? Page.Of<AuditPage>(page.Value) : page.Error.ToProblem();
    }

    /// <summary>The latest acts that a page shows beside a module.</summary>
    public static IReadOnlyList<AuditView> LatestOf(string module, IEnumerable<AuditView> acts) =>
        [.. acts.Where(act => act.Module == module).Take(Latest)];
}
