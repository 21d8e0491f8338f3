using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;
using Reviews.Data;

namespace Reviews.Features;

internal sealed record EligibleOrder(
    Guid OrderId,
    Guid StoreId,
    DateTimeOffset DeliveredAt,
    DateTimeOffset ReviewableUntil
);

internal sealed record ListEligibleOrders(Guid CustomerId, string? Cursor, int Limit)
    : IQuery<Page<EligibleOrder>>;

internal sealed class ListEligibleOrdersHandler(ReviewsDbContext reviews, TimeProvider clock)
    : IQueryHandler<ListEligibleOrders, Page<EligibleOrder>>
{
    public async Task<Result<Page<EligibleOrder>>> Handle(
        ListEligibleOrders query,
        CancellationToken cancellationToken
    )
    {
        if (query.Limit is < 1 or > PageCursor.MaximumLimit)
            return PageCursor.LimitOutOfRange;
        var now = clock.GetUtcNow();
        var orders = reviews
            .Eligibilities.AsNoTracking()
            .Where(order =>
                order.CustomerId == query.CustomerId && order.ReviewId == null && order.ReviewableUntil >= now
            );
        if (!string.IsNullOrEmpty(query.Cursor))
        {
            if (
                !PageCursor.TryDecode(query.Cursor, out var ticks, out var id)
                || ticks < 0
                || ticks > DateTimeOffset.MaxValue.Ticks
            )
            {
                return PageCursor.Unreadable;
            }

            var deliveredAt = new DateTimeOffset(ticks, TimeSpan.Zero);
            orders = orders.Where(order =>
                order.DeliveredAt < deliveredAt || (order.DeliveredAt == deliveredAt && order.OrderId < id)
            );
        }

        var rows = await orders
            .OrderByDescending(order => order.DeliveredAt)
            .ThenByDescending(order => order.OrderId)
            .Select(order => new EligibleOrder(
                order.OrderId,
                order.StoreId,
                order.DeliveredAt,
                order.ReviewableUntil
            ))
            .Take(query.Limit + 1)
            .ToListAsync(cancellationToken);
        return Page<EligibleOrder>.From(
            rows,
            query.Limit,
            order => PageCursor.Encode(order.DeliveredAt.UtcTicks, order.OrderId)
        );
    }
}

internal static class ListEligibleOrdersEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/eligible", ListAsync)
            .RequireRole(Roles.Customer)
            .WithName("ListEligibleOrders")
            .WithSummary("The caller's delivered orders that can still be reviewed, newest first.")
            .Produces<Page<EligibleOrder>>();

    private static async Task<IResult> ListAsync(
        string? cursor,
        int? limit,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var page = await sender.SendAsync(
            new ListEligibleOrders(caller.UserId, cursor, limit ?? PageCursor.DefaultLimit),
            cancellationToken
        );
        return page.ToHttp();
    }
}
