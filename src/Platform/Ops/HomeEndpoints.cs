using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Commands;
using Platform.Domain;
using Platform.Homes;
using Platform.Http;
using Platform.Modules;

namespace Platform.Ops;

/// <summary>Where modules are at home: what an operator sees of it, and does about it.</summary>
internal static class HomeEndpoints
{
    public static void MapHomes(this RouteGroupBuilder ops)
    {
        var home = ops.MapGroup("/modules/{name}/home");
        home.MapGet("", ShowAsync)
            .WithName("ShowHome")
            .WithSummary("Where a module is at home, and how far a move of it has come")
            .Produces<HomeView>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        home.MapGet("/plan", PlanAsync)
            .WithName("PlanMove")
            .WithSummary(
                "What moving a module to a process would do, and each reason why it would be refused"
            )
            .Produces<MovePlan>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        home.MapPost("/move", BeginAsync)
            .WithName("BeginMove")
            .WithSummary("Moves a module to another process, while it is used")
            .Produces<HomeView>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        home.MapPost("/undo", UndoAsync)
            .WithName("UndoMove")
            .WithSummary("Brings a module back to where it was, with all that was written meanwhile")
            .Produces<HomeView>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        home.MapPost("/finish", FinishAsync)
            .WithName("FinishMove")
            .WithSummary("Ends a move for good: there is nothing to undo any more")
            .Produces<HomeView>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        ops.MapGet("/audit", ListAuditAsync)
            .WithName("ListAudit")
            .WithSummary("What operators did, and moves by themselves, newest first")
            .Produces<Page<AuditView>>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static Task<Microsoft.AspNetCore.Http.IResult> ShowAsync(
        string name,
        HomeCalls calls,
        HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        calls.OnAsync(
            name,
            request,
            async module => Results.Ok(await calls.ViewAsync(module, cancellationToken)),
            cancellationToken
        );

    private static Task<Microsoft.AspNetCore.Http.IResult> PlanAsync(
        string name,
        string? to,
        bool? takesData,
        HomeCalls calls,
        MovePlans plans,
        HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        calls.OnAsync(
            name,
            request,
            async module =>
                AddressOf(to) is { } address
                    ? Results.Ok(
                        await plans.MakeAsync(module, address, takesData ?? false, cancellationToken)
                    )
                    : AddressRequired.ToProblem(),
            cancellationToken
        );

    private static Task<Microsoft.AspNetCore.Http.IResult> BeginAsync(
        string name,
        string? to,
        bool? takesData,
        HomeCalls calls,
        Moves moves,
        Caller caller,
        HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        calls.DoAsync(
            name,
            request,
            async module =>
                AddressOf(to) is { } address
                    ? await moves.BeginAsync(
                        module,
                        address,
                        takesData ?? false,
                        caller.UserId,
                        cancellationToken
                    )
                    : AddressRequired,
            cancellationToken
        );

    private static Task<Microsoft.AspNetCore.Http.IResult> UndoAsync(
        string name,
        HomeCalls calls,
        Moves moves,
        Caller caller,
        HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        calls.DoAsync(
            name,
            request,
            module => moves.UndoAsync(module, caller.UserId, cancellationToken),
            cancellationToken
        );

    private static Task<Microsoft.AspNetCore.Http.IResult> FinishAsync(
        string name,
        HomeCalls calls,
        Moves moves,
        Caller caller,
        HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        calls.DoAsync(
            name,
            request,
            module => moves.FinishAsync(module, caller.UserId, cancellationToken),
            cancellationToken
        );

    private static async Task<Microsoft.AspNetCore.Http.IResult> ListAuditAsync(
        string? cursor,
        int? limit,
        AuditTrail audit,
        HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        (
            await audit.ListAsync(cursor, limit ?? PageCursor.DefaultLimit, request, cancellationToken)
        ).ToHttp();

    public static readonly Error AddressRequired = Error.Invalid(
        "address_required",
        "Say where the process is, in 'to': http:// or https:// and a host, such as http://10.0.0.7:5081."
    );

    public static Uri? AddressOf(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && address.Scheme is "http" or "https"
        && address.UserInfo.Length == 0
            ? address
            : null;
}
