using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;

namespace Reviews.Features;

internal sealed record HideReview(Guid ReviewId, Caller Operator) : ICommand<ReviewView>, IRetryOnConflict;

internal sealed class HideReviewHandler(ReviewLedger ledger) : ICommandHandler<HideReview, ReviewView>
{
    public Task<Result<ReviewView>> Handle(HideReview command, CancellationToken cancellationToken) =>
        ledger.ChangeAsync(
            command.ReviewId,
            command.Operator,
            ReviewAccess.ForAll,
            (review, now) => review.Hide(now),
            cancellationToken
        );
}

internal static class HideReviewEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/{id:guid}/hide", HideAsync)
            .RequireRole(Roles.Operator)
            .WithName("HideReview")
            .WithSummary("Takes a review out of sight; upholds the store's dispute if one is pending.")
            .Produces<ReviewView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> HideAsync(
        Guid id,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var hidden = await sender.SendAsync(new HideReview(id, caller), cancellationToken);
        return hidden.ToHttp();
    }
}
