using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;
using Reviews.Data;

namespace Reviews.Features;

internal sealed record ListReviewsToModerate(Caller Operator, string? Cursor, int Limit)
    : IQuery<Page<ReviewView>>;

internal sealed class ListReviewsToModerateHandler(ReviewsDbContext reviews)
    : IQueryHandler<ListReviewsToModerate, Page<ReviewView>>
{
    public async Task<Result<Page<ReviewView>>> Handle(
        ListReviewsToModerate query,
        CancellationToken cancellationToken
    )
    {
        var waiting = reviews
            .Reviews.AsNoTracking()
            .Where(review => review.OpenReports > 0 || review.DisputeDeadline != null);
        return await waiting.PageAsync(
            query.Operator,
            ReviewOrder.Newest,
            query.Cursor,
            query.Limit,
            cancellationToken
        );
    }
}

internal static class ListReviewsToModerateEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/moderation", ListAsync)
            .RequireRole(Roles.Operator)
            .WithName("ListReviewsToModerate")
            .WithSummary("Reviews that wait for an operator: reported ones and disputed ones.")
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
            new ListReviewsToModerate(caller, cursor, limit ?? PageCursor.DefaultLimit),
            cancellationToken
        );
        return page.ToHttp();
    }
}
