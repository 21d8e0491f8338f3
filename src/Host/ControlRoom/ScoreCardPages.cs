using Platform.Http;
using Platform.Pages;

namespace Host.ControlRoom;

/// <summary>The score card, for people and for programs.</summary>
internal static class ScoreCardPages
{
    public static void Map(RouteGroupBuilder ops, IEndpointRouteBuilder routes)
    {
        ops.MapPage("/score-card", ShowAsync);
        routes
            .MapGet("/api/ops/score-card", ReadAsync)
            .RequireRole(Roles.Operator)
            .WithTags("Ops")
            .WithName("ReadScoreCard")
            .WithSummary("What figures say on whether each module should leave the web app")
            .Produces<IReadOnlyList<ScoreView>>();
    }

    private static async Task<IResult> ReadAsync(
        RoomReader room,
        HttpRequest request,
        CancellationToken cancellationToken
    ) => TypedResults.Ok(await room.ScoreAsync(request, cancellationToken));

    private static async Task<IResult> ShowAsync(
        RoomReader room,
        HttpRequest request,
        CancellationToken cancellationToken
    ) => Page.Of<ScoreCardPage>(await room.ScoreAsync(request, cancellationToken));
}
