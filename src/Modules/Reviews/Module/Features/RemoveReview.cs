using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;

namespace Reviews.Features;

internal sealed record RemoveReview(Guid ReviewId, Caller Author) : ICommand<Nothing>, IRetryOnConflict;

internal sealed class RemoveReviewHandler(ReviewLedger ledger) : ICommandHandler<RemoveReview, Nothing>
{
    public async Task<Result<Nothing>> Handle(RemoveReview command, CancellationToken cancellationToken)
    {
        var removed = await ledger.ChangeAsync(
            command.ReviewId,
            command.Author,
            ReviewAccess.ForItsAuthor,
            (review, now) => review.Remove(now),
            cancellationToken
        );
        return removed.IsDone ? Nothing.Done : removed.Error;
    }
}

internal static class RemoveReviewEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapDelete("/{id:guid}", RemoveAsync)
            .RequireRole(Roles.Customer)
            .WithName("RemoveReview")
            .WithSummary("Takes the caller's own review back for good; its order can't be reviewed again.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> RemoveAsync(
        Guid id,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var removed = await sender.SendAsync(new RemoveReview(id, caller), cancellationToken);
        return removed.ToHttp();
    }
}
