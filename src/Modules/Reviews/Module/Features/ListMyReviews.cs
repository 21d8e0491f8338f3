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

internal sealed record ListMyReviews(Caller Author, string? Cursor, int Limit) : IQuery<Page<ReviewView>>;

internal sealed class ListMyReviewsHandler(ReviewsDbContext reviews)
    : IQueryHandler<ListMyReviews, Page<ReviewView>>
{
    public async Task<Result<Page<ReviewView>>> Handle(
        ListMyReviews query,
        CancellationToken cancellationToken
    )
    {
        var mine = reviews
            .Reviews.AsNoTracking()
            .Where(review => review.AuthorId == query.Author.UserId && review.Status != ReviewStatus.Removed);
        return await mine.PageAsync(
            query.Author,
            ReviewOrder.Newest,
            query.Cursor,
            query.Limit,
            cancellationToken
        );
    }
}

internal static class ListMyReviewsEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/mine", ListAsync)
            .RequireRole(Roles.Customer)
            .WithName("ListMyReviews")
            .WithSummary("The caller's own reviews, hidden ones included, newest first.")
            .Produces<Page<ReviewView>>();

    private static async Task<IResult> ListAsync(
        string? cursor,
        int? limit,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var page = await sender.SendAsync(
            new ListMyReviews(caller, cursor, limit ?? PageCursor.DefaultLimit),
            cancellationToken
        );
        return page.ToHttp();
    }
}
