using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Platform.Domain;
using Platform.Http;
using Platform.Modules;
using Platform.Streams;

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
        ops.MapPost("/modules/{name}/pause", Pause)
            .WithName("PauseModule")
            .WithSummary("Stops a module: its endpoints answer 503 and its subscriptions stand still")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound);
        ops.MapPost("/modules/{name}/resume", Resume)
            .WithName("ResumeModule")
            .WithSummary("Starts a paused module again; it catches up by itself")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound);
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
        CancellationToken cancellationToken
    ) => await overview.ReadAsync(cancellationToken);

    private static Microsoft.AspNetCore.Http.IResult Pause(
        string name,
        ModuleCatalog modules,
        ModuleGates gates,
        Caller caller,
        ILogger<ModuleOverview> logger
    )
    {
        if (modules.Find(name) is not { } module)
            return UnknownModule(name).ToProblem();
        gates.Of(module).Pause();
        logger.LogWarning("{Module} was paused by operator {Operator}", module.Name, caller.UserId);
        return Results.NoContent();
    }

    private static Microsoft.AspNetCore.Http.IResult Resume(
        string name,
        ModuleCatalog modules,
        ModuleGates gates,
        SubscriptionRunner subscriptions,
        Caller caller,
        ILogger<ModuleOverview> logger
    )
    {
        if (modules.Find(name) is not { } module)
            return UnknownModule(name).ToProblem();
        gates.Of(module).Resume();
        foreach (var subscription in subscriptions.Of(module))
            subscription.Wake();
        logger.LogWarning("{Module} was resumed by operator {Operator}", module.Name, caller.UserId);
        return Results.NoContent();
    }

    private static async Task<Microsoft.AspNetCore.Http.IResult> ListDeadLettersAsync(
        string? module,
        string? cursor,
        int? limit,
        DeadLetters letters,
        CancellationToken cancellationToken
    ) =>
        (
            await letters.ListAsync(module, cursor, limit ?? PageCursor.DefaultLimit, cancellationToken)
        ).ToHttp();

    private static async Task<Microsoft.AspNetCore.Http.IResult> ReplayAsync(
        Guid id,
        DeadLetters letters,
        CancellationToken cancellationToken
    )
    {
        var result = await letters.ReplayAsync(id, cancellationToken);
        return result.IsDone ? Results.Accepted("/api/ops/dead-letters") : result.Error.ToProblem();
    }

    private static async Task<Microsoft.AspNetCore.Http.IResult> DiscardAsync(
        Guid id,
        DeadLetters letters,
        Caller caller,
        CancellationToken cancellationToken
    ) => (await letters.DiscardAsync(id, caller.UserId, cancellationToken)).ToHttp();

    private static Error UnknownModule(string name) =>
        Error.NotFound("module_not_found", $"There is no module '{name}' in this process.");
}
