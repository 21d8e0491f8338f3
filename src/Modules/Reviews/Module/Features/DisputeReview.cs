using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;
using Reviews.Domain;

namespace Reviews.Features;

internal sealed record DisputeReview(Guid ReviewId, Caller StoreKeeper, string Reason)
    : ICommand<ReviewView>,
        IRetryOnConflict;

internal sealed class DisputeReviewValidator : AbstractValidator<DisputeReview>
{
    public DisputeReviewValidator() => RuleFor(dispute => dispute.Reason).IsRequiredText(Review.LongestText);
}

internal sealed class DisputeReviewHandler(ReviewLedger ledger, ReviewsOptions options)
    : ICommandHandler<DisputeReview, ReviewView>
{
    public Task<Result<ReviewView>> Handle(DisputeReview command, CancellationToken cancellationToken) =>
        ledger.ChangeAsync(
            command.ReviewId,
            command.StoreKeeper,
            ReviewAccess.ForItsStore,
            (review, now) => review.DisputeBecause(command.Reason, options.DisputeWindow, now),
            cancellationToken
        );
}

internal sealed record DisputeReviewBody(string? Reason);

internal static class DisputeReviewEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/{id:guid}/dispute", DisputeAsync)
            .RequireRole(Roles.Store)
            .WithName("DisputeReview")
            .WithSummary("Hides a review of the caller's store until an operator rules, for 30 days at most.")
            .Produces<ReviewView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> DisputeAsync(
        Guid id,
        DisputeReviewBody body,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var disputed = await sender.SendAsync(
            new DisputeReview(id, caller, PlainText.Tidy(body.Reason)),
            cancellationToken
        );
        return disputed.ToHttp();
    }
}
