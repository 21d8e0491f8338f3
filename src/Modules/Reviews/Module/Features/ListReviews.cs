using System.Security.Claims;
using FluentValidation;
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

internal sealed record ListReviews(Guid StoreId, string Sort, string? Cursor, int Limit, Caller? Reader)
    : IQuery<Page<ReviewView>>;

internal sealed class ListReviewsValidator : AbstractValidator<ListReviews>
{
    public ListReviewsValidator()
    {
        RuleFor(list => list.StoreId).NotEmpty().WithMessage("Say whose reviews: pass 'storeId'.");
        RuleFor(list => list.Sort)
            .Must(ReviewOrder.IsKnown)
            .WithMessage("Must be 'newest', 'highest' or 'lowest'.");
    }
}

internal sealed class ListReviewsHandler(ReviewsDbContext reviews)
    : IQueryHandler<ListReviews, Page<ReviewView>>
{
    public async Task<Result<Page<ReviewView>>> Handle(ListReviews query, CancellationToken cancellationToken)
    {
        var published = reviews
            .Reviews.AsNoTracking()
            .Where(review => review.StoreId == query.StoreId && review.Status == ReviewStatus.Published);
        return await published.PageAsync(
            query.Reader,
            query.Sort,
            query.Cursor,
            query.Limit,
            cancellationToken
        );
    }
}

internal static class ListReviewsEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/", ListAsync)
            .AllowAnonymous()
            .WithName("ListReviews")
            .WithSummary("A store's published reviews: newest, highest or lowest food rating first.")
            .Produces<Page<ReviewView>>()
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> ListAsync(
        Guid? storeId,
        string? sort,
        string? cursor,
        int? limit,
        ClaimsPrincipal user,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var page = await sender.SendAsync(
            new ListReviews(
                storeId ?? Guid.Empty,
                sort ?? ReviewOrder.Newest,
                cursor,
                limit ?? PageCursor.DefaultLimit,
                Caller.From(user)
            ),
            cancellationToken
        );
        return page.ToHttp();
    }
}
