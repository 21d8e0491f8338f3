using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;

namespace Reviews.Features;

internal sealed record RestoreReview(Guid ReviewId, Caller Operator) : ICommand<ReviewView>, IRetryOnConflict;

internal sealed class RestoreReviewHandler(ReviewLedger ledger) : ICommandHandler<RestoreReview, ReviewView>
{
    public Task<Result<ReviewView>> Handle(RestoreReview command, CancellationToken cancellationToken) =>
        ledger.ChangeAsync(
            command.ReviewId,
            command.Operator,
            ReviewAccess.ForAll,
            (review, now) => review.Restore(now),
            cancellationToken
        );
}

internal static class RestoreReviewEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/{id:guid}/restore", RestoreAsync)
            .RequireRole(Roles.Operator)
            .WithName("RestoreReview")
            .WithSummary("Lets a review stand: dismisses a pending dispute and open reports.")
            .Produces<ReviewView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> RestoreAsync(
        Guid id,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var restored = await sender.SendAsync(new RestoreReview(id, caller), cancellationToken);
        return restored.ToHttp();
    }
}
