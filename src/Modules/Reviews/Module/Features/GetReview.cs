using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;
using Reviews.Data;
using Reviews.Domain;

namespace Reviews.Features;

internal sealed record GetReview(Guid ReviewId, Caller? Reader) : IQuery<ReviewView>;

internal sealed class GetReviewHandler(ReviewsDbContext reviews) : IQueryHandler<GetReview, ReviewView>
{
    public async Task<Result<ReviewView>> Handle(GetReview query, CancellationToken cancellationToken)
    {
        var review = await reviews
            .Reviews.AsNoTracking()
            .SingleOrDefaultAsync(row => row.ReviewId == query.ReviewId, cancellationToken);
        return review is not null && query.Reader.MaySee(review)
            ? ReviewView.For(query.Reader, review)
            : ReviewErrors.ReviewNotFound;
    }
}

internal static class GetReviewEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/{id:guid}", GetAsync)
            .AllowAnonymous()
            .WithName("GetReview")
            .WithSummary("One review. A hidden one is shown to its author, its store and operators only.")
            .Produces<ReviewView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> GetAsync(
        Guid id,
        ClaimsPrincipal user,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var review = await sender.SendAsync(new GetReview(id, Caller.From(user)), cancellationToken);
        return review.ToHttp();
    }
}
