using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Homes;
using Platform.Http;
using Platform.Live;
using Platform.Modules;
using Platform.Ops;
using Platform.Pages;
using Platform.Streams;

namespace Host.ControlRoom;

/// <summary>The control room: it speaks of any module alike, and asks modules for their own figures by fragments.</summary>
internal static class RoomPages
{
    /// <summary>By which the control room of another process asks this one.</summary>
    public const string PacesPath = "/api/ops/paces";

    private const int Most = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/ops").RequireRole(Roles.Operator).ExcludeFromDescription();
        pages.MapPage("", ShowAsync);
        pages.MapPage("/now", ShowNowAsync);
        pages.MapPage("/stream", Follow).DisableHttpMetrics();
        pages.MapForm("/modules/{name}/{act:regex(^(pause|resume)$)}", SwitchAsync);
        pages.MapPage("/dead-letters", ShowDeadLettersAsync);
        pages.MapForm("/dead-letters/{id:guid}/{act:regex(^(replay|discard)$)}", AnswerAsync);
        HomePages.Map(pages);
        routes
            .MapGet(PacesPath, ListPacesAsync)
            .RequireRole(Roles.Operator)
            .WithTags("Ops")
            .WithName("ListPaces")
            .WithSummary("How each module went over the last five minutes, in the process that runs it")
            .Produces<IReadOnlyList<ModulePace>>();
        ScoreCardPages.Map(pages, routes);
    }

    private static async Task<IResult> ListPacesAsync(
        RoomReader room,
        HttpRequest request,
        CancellationToken cancellationToken
    ) => TypedResults.Ok(await room.ListPacesAsync(request, cancellationToken));

    private static async Task<IResult> ShowAsync(
        RoomReader room,
        HttpRequest request,
        CancellationToken cancellationToken
    ) => Page.Of<RoomPage>(await room.LookAsync(request, cancellationToken));

    private static async Task<IResult> ShowNowAsync(
        RoomReader room,
        HttpRequest request,
        CancellationToken cancellationToken
    ) => Page.Fragment<RoomNow>(await room.LookAsync(request, cancellationToken));

    private static IResult Follow(RoomStream watch, LiveTenures tenures, HttpContext http) =>
        tenures.TryBegin(http) is not { } tenure ? LiveStreams.Refused()
        : HeadRequests.IsFor(http) ? LiveStreams.HeadOnly()
        : TypedResults.ServerSentEvents(watch.FollowAsync(http.Request, tenure.Over));

    private static async Task<IResult> SwitchAsync(
        string name,
        string act,
        ModuleHomes homes,
        Pauses pauses,
        RemoteOps elsewhere,
        HttpRequest request,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        if (homes.FindHere(name) is not { } module)
        {
            return await elsewhere.PassOnAsync(name, request, cancellationToken) is { } answer
                ? Shown(answer, "/ops")
                : Results.NotFound();
        }
        await pauses.SetAsync(module, act == "pause", caller.UserId, cancellationToken);
        return Page.SeeOther("/ops");
    }

    private static async Task<IResult> ShowDeadLettersAsync(
        string? cursor,
        DeadLetters letters,
        RemoteOps elsewhere,
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var page = await letters.ListAsync(null, cursor, Most, cancellationToken);
        if (!page.IsDone)
            return page.Error.ToProblem();
        var theirs = await elsewhere.ListDeadLettersAsync(request, cancellationToken);
        return Page.Of<DeadLettersPage>(DeadLetters.Merge(page.Value, theirs, Most));
    }

    private static async Task<IResult> AnswerAsync(
        Guid id,
        string act,
        HttpContext http,
        DeadLetters letters,
        RemoteOps elsewhere,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var answered =
            act == "replay"
                ? await letters.ReplayAsync(id, caller.UserId, cancellationToken)
                : await letters.DiscardAsync(id, caller.UserId, cancellationToken);
        if (
            !answered.IsDone
            && await elsewhere.PassOnToAnyAsync(http.Request, cancellationToken) is { } answer
        )
            return Shown(answer, "/ops/dead-letters");
        return answered.Then<DeadLettersPage, Platform.Commands.Nothing>(http, "/ops/dead-letters");
    }

    /// <summary>What another process answered, as a person wants to see it.</summary>
    public static IResult Shown(IResult answer, string path) =>
        answer switch
        {
            IStatusCodeHttpResult { StatusCode: < StatusCodes.Status400BadRequest } => Page.SeeOther(path),
            ContentHttpResult { StatusCode: { } status } => Results.StatusCode(status),
            _ => answer,
        };
}
