using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Orders.Data;
using Orders.Domain;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;

namespace Orders.Features;

/// <summary>The caller's orders, newest first.</summary>
internal sealed record ListOrders(Caller Caller, IReadOnlyList<string> Statuses, string? Cursor, int Limit)
    : IQuery<Page<OrderView>>;

internal sealed class ListOrdersHandler(OrdersDbContext database) : IQueryHandler<ListOrders, Page<OrderView>>
{
    private static readonly Dictionary<string, OrderStatus> Statuses = Enum.GetValues<OrderStatus>()
        .ToDictionary(status => status.ToString(), StringComparer.OrdinalIgnoreCase);

    private static readonly Error UnknownStatus = Error.Invalid(
        "unknown_status",
        $"The status must be one of: {string.Join(", ", Enum.GetNames<OrderStatus>())}."
    );

    public async Task<Result<Page<OrderView>>> Handle(ListOrders query, CancellationToken cancellationToken)
    {
        if (query.Limit is < 1 or > PageCursor.MaximumLimit)
            return PageCursor.LimitOutOfRange;
        var orders = database.Orders.AsNoTracking().VisibleTo(query.Caller);

        if (query.Statuses.Count > 0)
        {
            if (!query.Statuses.All(Statuses.ContainsKey))
                return UnknownStatus;
            var wanted = query.Statuses.Select(name => Statuses[name]).ToList();
            orders = orders.Where(order => wanted.Contains(order.Status));
        }

        if (query.Cursor is { Length: > 0 } cursor)
        {
            if (!PageCursor.TryDecode(cursor, out var ticks, out var lastId) || !IsInstant(ticks))
                return PageCursor.Unreadable;
            var lastPlaced = new DateTimeOffset(ticks, TimeSpan.Zero);
            orders = orders.Where(order =>
                order.PlacedAt < lastPlaced
                || (order.PlacedAt == lastPlaced && order.Id.CompareTo(lastId) < 0)
            );
        }

        var rows = await orders
            .OrderByDescending(order => order.PlacedAt)
            .ThenByDescending(order => order.Id)
            .Take(query.Limit + 1)
            .ToListAsync(cancellationToken);
        return Page<OrderView>.From(
            [.. rows.Select(order => OrderView.Of(order, query.Caller))],
            query.Limit,
            order => PageCursor.Encode(order.PlacedAt.UtcTicks, order.OrderId)
        );
    }

    private static bool IsInstant(long ticks) => ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks;
}

internal static class ListOrdersEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/orders", ListAsync)
            .RequireRole(Roles.Customer, Roles.Store, Roles.Operator)
            .WithName("ListOrders")
            .WithSummary("A customer's own orders, a store's own, or all for an operator; newest first.")
            .Produces<Page<OrderView>>()
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> ListAsync(
        string? status,
        string? cursor,
        int? limit,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        // Whoever repeats the parameter gets here what commas would have given.
        var statuses = (status ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        var query = new ListOrders(caller, [.. statuses], cursor, limit ?? PageCursor.DefaultLimit);
        return (await sender.SendAsync(query, cancellationToken)).ToHttp();
    }
}
