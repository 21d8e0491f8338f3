using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;
using Reviews.Domain;

namespace Reviews.Features;

internal sealed record ReplyToReview(Guid ReviewId, Caller StoreKeeper, string Text)
    : ICommand<ReviewView>,
        IRetryOnConflict;

internal sealed class ReplyToReviewValidator : AbstractValidator<ReplyToReview>
{
    public ReplyToReviewValidator() => RuleFor(reply => reply.Text).IsRequiredText(Review.LongestText);
}

internal sealed class ReplyToReviewHandler(ReviewLedger ledger) : ICommandHandler<ReplyToReview, ReviewView>
{
    public Task<Result<ReviewView>> Handle(ReplyToReview command, CancellationToken cancellationToken) =>
        ledger.ChangeAsync(
            command.ReviewId,
            command.StoreKeeper,
            ReviewAccess.ForItsStore,
            (review, now) => review.ReplyWith(command.Text, now),
            cancellationToken
        );
}

internal sealed record ReplyToReviewBody(string? Text);

internal static class ReplyToReviewEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        Describe(routes.MapPost("/{id:guid}/reply", ReplyAsync)).WithName("ReplyToReview");
        Describe(routes.MapPut("/{id:guid}/reply", ReplyAsync)).WithName("EditReply");
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route) =>
        route
            .RequireRole(Roles.Store)
            .WithSummary("Writes the store's one reply under a review, or replaces it.")
            .Produces<ReviewView>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> ReplyAsync(
        Guid id,
        ReplyToReviewBody body,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var replied = await sender.SendAsync(
            new ReplyToReview(id, caller, PlainText.Tidy(body.Text)),
            cancellationToken
        );
        return replied.ToHttp();
    }
}
