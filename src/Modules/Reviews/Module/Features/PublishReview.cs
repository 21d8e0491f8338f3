using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;
using Reviews.Data;
using Reviews.Domain;

namespace Reviews.Features;

internal sealed record PublishReview(
    Guid OrderId,
    Caller Author,
    int FoodRating,
    int DeliveryRating,
    string Text
) : ICommand<ReviewView>, IRetryOnConflict;

internal sealed class PublishReviewValidator : AbstractValidator<PublishReview>
{
    public PublishReviewValidator()
    {
        RuleFor(review => review.OrderId).NotEmpty();
        RuleFor(review => review.FoodRating).InclusiveBetween(Scores.Lowest, Scores.Highest);
        RuleFor(review => review.DeliveryRating).InclusiveBetween(Scores.Lowest, Scores.Highest);
        RuleFor(review => review.Text).IsText(Review.LongestText);
    }
}

internal sealed class PublishReviewHandler(
    ReviewsDbContext reviews,
    ReviewLedger ledger,
    ReviewsOptions options,
    TimeProvider clock
) : ICommandHandler<PublishReview, ReviewView>
{
    public async Task<Result<ReviewView>> Handle(PublishReview command, CancellationToken cancellationToken)
    {
        var scores = Scores.Of(command.FoodRating, command.DeliveryRating);
        if (!scores.IsDone)
            return scores.Error;
        var order = await reviews.Eligibilities.FindAsync([command.OrderId], cancellationToken);
        if (order is null)
            return ReviewErrors.OrderNotFound;
        var written = order.WriteReview(
            command.Author.UserId,
            scores.Value,
            command.Text,
            options.EditWindow,
            clock.GetUtcNow()
        );
        if (!written.IsDone)
            return written.Error;
        await ledger.EnterAsync(written.Value, cancellationToken);
        return ReviewView.For(command.Author, written.Value);
    }
}

internal sealed record PublishReviewBody(Guid OrderId, int FoodRating, int DeliveryRating, string? Text);

internal static class PublishReviewEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/", PublishAsync)
            .RequireRole(Roles.Customer)
            .WithName("PublishReview")
            .WithSummary("Reviews a delivered order of the caller's, once, within 25 days.")
            .Produces<ReviewView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> PublishAsync(
        PublishReviewBody body,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var published = await sender.SendAsync(
            new PublishReview(
                body.OrderId,
                caller,
                body.FoodRating,
                body.DeliveryRating,
                PlainText.Tidy(body.Text)
            ),
            cancellationToken
        );
        return published.ToCreated(review => $"/api/reviews/{review.ReviewId}");
    }
}
