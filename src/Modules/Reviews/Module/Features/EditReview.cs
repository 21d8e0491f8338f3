using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;
using Reviews.Domain;

namespace Reviews.Features;

internal sealed record EditReview(
    Guid ReviewId,
    Caller Author,
    int FoodRating,
    int DeliveryRating,
    string Text
) : ICommand<ReviewView>, IRetryOnConflict;

internal sealed class EditReviewValidator : AbstractValidator<EditReview>
{
    public EditReviewValidator()
    {
        RuleFor(review => review.FoodRating).InclusiveBetween(Scores.Lowest, Scores.Highest);
        RuleFor(review => review.DeliveryRating).InclusiveBetween(Scores.Lowest, Scores.Highest);
        RuleFor(review => review.Text).IsText(Review.LongestText);
    }
}

internal sealed class EditReviewHandler(ReviewLedger ledger) : ICommandHandler<EditReview, ReviewView>
{
    public async Task<Result<ReviewView>> Handle(EditReview command, CancellationToken cancellationToken)
    {
        var scores = Scores.Of(command.FoodRating, command.DeliveryRating);
        return scores.IsDone
            ? await ledger.ChangeAsync(
                command.ReviewId,
                command.Author,
                ReviewAccess.ForItsAuthor,
                (review, now) => review.Edit(scores.Value, command.Text, now),
                cancellationToken
            )
            : scores.Error;
    }
}

internal sealed record EditReviewBody(int FoodRating, int DeliveryRating, string? Text);

internal static class EditReviewEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPut("/{id:guid}", EditAsync)
            .RequireRole(Roles.Customer)
            .WithName("EditReview")
            .WithSummary("Changes scores and text of the caller's own review, for 24 hours after publishing.")
            .Produces<ReviewView>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<IResult> EditAsync(
        Guid id,
        EditReviewBody body,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var edited = await sender.SendAsync(
            new EditReview(id, caller, body.FoodRating, body.DeliveryRating, PlainText.Tidy(body.Text)),
            cancellationToken
        );
        return edited.ToHttp();
    }
}
