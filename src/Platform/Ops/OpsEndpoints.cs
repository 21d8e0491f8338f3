using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Platform.Domain;
using Platform.Homes;
using Platform.Http;
using Platform.Modules;
using Platform.Streams;
using Platform.Telemetry;

namespace Platform.Ops;

/// <summary>What an operator sees and does. It speaks of any module alike and reads no module's own tables.</summary>
internal static class OpsEndpoints
{
    public static void MapOps(this IEndpointRouteBuilder routes)
    {
        var ops = routes.MapGroup("/api/ops").RequireRole(Roles.Operator).WithTags("Ops");
        ops.MapGet("/modules", ListModulesAsync)
            .WithName("ListModules")
            .WithSummary("Every module with its state and how far its subscriptions have come")
            .Produces<IReadOnlyList<ModuleView>>();
        ops.MapGet("/figures", ListFiguresAsync)
            .WithName("ListFigures")
            .WithSummary("What each module's business comes to, and the bounds that it is wanted within")
            .Produces<IReadOnlyList<FigureView>>();
        ops.MapGet("/sizes", ListSizesAsync)
            .WithName("ListSizes")
            .WithSummary("How many rows each module keeps, and how many events it said in the last hour")
            .Produces<IReadOnlyList<ModuleSizeView>>();
        ops.MapPost("/modules/{name}/pause", PauseAsync)
            .WithName("PauseModule")
            .WithSummary("Stops a module: its endpoints answer 503 and its subscriptions stand still")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound);
        ops.MapPost("/modules/{name}/resume", ResumeAsync)
            .WithName("ResumeModule")
            .WithSummary("Starts a paused module again; it catches up by itself")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound);
        ops.MapPost("/modules/{name}/streams/{stream}/replay", ReplayStreamAsync)
            .WithName("ReplayStream")
            .WithSummary("Has a stream from another process sent again, from the module's cursor on")
            .Produces(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status404NotFound);
        ops.MapStreamComparisons();
        ops.MapHomes();
        ops.MapGet("/dead-letters", ListDeadLettersAsync)
            .WithName("ListDeadLetters")
            .WithSummary("Events that could not be handled, and those parked behind them")
            .Produces<Page<DeadLetterView>>();
        ops.MapPost("/dead-letters/{id:guid}/replay", ReplayAsync)
            .WithName("ReplayDeadLetter")
            .WithSummary("Handles a dead letter's key again from its oldest letter on, in order")
            .Produces(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status404NotFound);
        ops.MapPost("/dead-letters/{id:guid}/discard", DiscardAsync)
            .WithName("DiscardDeadLetter")
            .WithSummary("Gives a dead letter up; the record of it stays")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IReadOnlyList<ModuleView>> ListModulesAsync(
        ModuleOverview overview,
        RemoteOps elsewhere,
        HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        [
            .. await overview.ReadAsync(cancellationToken),
            .. RemoteCalls.IsPassedOn(request)
                ? []
                : await elsewhere.ListModulesAsync(request, cancellationToken),
        ];

    private static async Task<IReadOnlyList<FigureView>> ListFiguresAsync(
        Gauges gauges,
        RemoteOps elsewhere,
        HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        [
            .. await gauges.ReadBusinessAsync(cancellationToken),
            .. RemoteCalls.IsPassedOn(request)
                ? []
                : await elsewhere.ListFiguresAsync(request, cancellationToken),
        ];

    private static async Task<IReadOnlyList<ModuleSizeView>> ListSizesAsync(
        ModuleSizes sizes,
        RemoteOps elsewhere,
        HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        [
            .. await sizes.ReadAsync(cancellationToken),
            .. RemoteCalls.IsPassedOn(request)
                ? []
                : await elsewhere.ListSizesAsync(request, cancellationToken),
        ];

    private static Task<Microsoft.AspNetCore.Http.IResult> PauseAsync(
        string name,
        ModuleHomes homes,
        Pauses pauses,
        Caller caller,
        RemoteOps elsewhere,
        HttpRequest request,
        CancellationToken cancellationToken
    ) => SetPausedAsync(name, true, homes, pauses, caller, elsewhere, request, cancellationToken);

    private static Task<Microsoft.AspNetCore.Http.IResult> ResumeAsync(
        string name,
        ModuleHomes homes,
        Pauses pauses,
        Caller caller,
        RemoteOps elsewhere,
        HttpRequest request,
        CancellationToken cancellationToken
    ) => SetPausedAsync(name, false, homes, pauses, caller, elsewhere, request, cancellationToken);

    private static async Task<Microsoft.AspNetCore.Http.IResult> SetPausedAsync(
        string name,
        bool isPaused,
        ModuleHomes homes,
        Pauses pauses,
        Caller caller,
        RemoteOps elsewhere,
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        if (homes.FindHere(name) is not { } module)
            return await ElsewhereAsync(name, elsewhere, request, cancellationToken);
        await pauses.SetAsync(module, isPaused, caller.UserId, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<Microsoft.AspNetCore.Http.IResult> ReplayStreamAsync(
        string name,
        string stream,
        ModuleHomes homes,
        SubscriptionRunner subscriptions,
        Caller caller,
        RemoteOps elsewhere,
        HttpRequest request,
        AuditTrail audit,
        ILogger<ModuleOverview> logger,
        CancellationToken cancellationToken
    )
    {
        if (homes.FindHere(name) is not { } module)
            return await ElsewhereAsync(name, elsewhere, request, cancellationToken);
        if (subscriptions.Find(module, stream) is not { } subscription)
            return Error
                .NotFound("stream_not_followed", $"{module.Name} does not follow '{stream}'.")
                .ToProblem();
        logger.LogWarning(
            "{Subscription}: operator {Operator} has the stream sent again",
            subscription.Definition,
            caller.UserId
        );
        await audit.NoteAsync(
            module,
            caller.UserId,
            "replay",
            $"{module.Name} has '{stream}' sent again.",
            cancellationToken
        );
        subscription.Reader.AskForReplay();
        return Results.Accepted("/api/ops/modules");
    }

    private static async Task<Microsoft.AspNetCore.Http.IResult> ListDeadLettersAsync(
        string? module,
        string? cursor,
        int? limit,
        DeadLetters letters,
        RemoteOps elsewhere,
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var most = limit ?? PageCursor.DefaultLimit;
        var here = await letters.ListAsync(module, cursor, most, cancellationToken);
        return !here.IsDone || RemoteCalls.IsPassedOn(request)
            ? here.ToHttp()
            : Results.Ok(
                DeadLetters.Merge(
                    here.Value,
                    await elsewhere.ListDeadLettersAsync(request, cancellationToken),
                    most
                )
            );
    }

    private static async Task<Microsoft.AspNetCore.Http.IResult> ReplayAsync(
        Guid id,
        DeadLetters letters,
        Caller caller,
        RemoteOps elsewhere,
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var result = await letters.ReplayAsync(id, caller.UserId, cancellationToken);
        return result.IsDone
            ? Results.Accepted("/api/ops/dead-letters")
            : await ElsewhereAsync(elsewhere, request, cancellationToken) ?? result.Error.ToProblem();
    }

    private static async Task<Microsoft.AspNetCore.Http.IResult> DiscardAsync(
        Guid id,
        DeadLetters letters,
        Caller caller,
        RemoteOps elsewhere,
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var result = await letters.DiscardAsync(id, caller.UserId, cancellationToken);
        return result.IsDone
            ? Results.NoContent()
            : await ElsewhereAsync(elsewhere, request, cancellationToken) ?? result.ToHttp();
    }

    private static async Task<Microsoft.AspNetCore.Http.IResult?> ElsewhereAsync(
        RemoteOps elsewhere,
        HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        RemoteCalls.IsPassedOn(request) ? null : await elsewhere.PassOnToAnyAsync(request, cancellationToken);

    public static async Task<Microsoft.AspNetCore.Http.IResult> ElsewhereAsync(
        string module,
        RemoteOps elsewhere,
        HttpRequest request,
        CancellationToken cancellationToken
    ) =>
        (
            RemoteCalls.IsPassedOn(request)
                ? null
                : await elsewhere.PassOnAsync(module, request, cancellationToken)
        ) ?? UnknownModule(module).ToProblem();

    private static Error UnknownModule(string name) =>
        Error.NotFound("module_not_found", $"There is no module '{name}' in this process.");
}
