using Microsoft.EntityFrameworkCore;
using Orders.Data;
using Orders.Domain;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;

namespace Orders.Features;

/// <summary>A store's day so far, in its own time, for its keeper.</summary>
internal sealed record ShowToday(Guid StoreId, Caller Caller) : IQuery<TodayView>;

/// <summary>A store's day so far.</summary>
/// <param name="Orders">How many were placed.</param>
/// <param name="Delivered">How many reached their customer.</param>
/// <param name="Lost">How many ended otherwise.</param>
/// <param name="Sales">What the delivered ones came to, without the delivery fee.</param>
internal sealed record TodayView(int Orders, int Delivered, int Lost, Money Sales);

internal sealed class ShowTodayHandler(OrdersDbContext database, TimeProvider clock)
    : IQueryHandler<ShowToday, TodayView>
{
    public async Task<Result<TodayView>> Handle(ShowToday query, CancellationToken cancellationToken)
    {
        if (!query.Caller.Keeps(query.StoreId))
            return StoreAccess.NotYours;
        var store = await database
            .Stores.AsNoTracking()
            .SingleOrDefaultAsync(row => row.Id == query.StoreId, cancellationToken);
        if (store is null)
            return StoreView.NotFound;
        var since = store.Hours.DayBeganAt(clock.GetUtcNow());
        var today = await database
            .Orders.AsNoTracking()
            .Where(order => order.StoreId == query.StoreId && order.PlacedAt >= since)
            .ToListAsync(cancellationToken);
        return new TodayView(
            today.Count,
            today.Count(order => order.Status == OrderStatus.Delivered),
            today.Count(order => order.Status.IsEnd() && order.Status != OrderStatus.Delivered),
            today
                .Where(order => order.Status == OrderStatus.Delivered)
                .Aggregate(Money.Zero(store.Currency), (sum, order) => sum + order.Subtotal)
        );
    }
}
