using Microsoft.EntityFrameworkCore;
using Orders.Domain;
using Platform.Domain;
using Platform.Http;

namespace Orders.Features;

/// <summary>Whose orders a caller may see. All others do not exist for that caller.</summary>
internal static class OrderAccess
{
    public static readonly Error NotFound = Error.NotFound("order_not_found", "There is no such order.");

    public static IQueryable<Order> VisibleTo(this IQueryable<Order> orders, Caller caller) =>
        caller switch
        {
            { Role: Roles.Operator } => orders,
            { Role: Roles.Customer } => orders.Where(order => order.CustomerId == caller.UserId),
            { Role: Roles.Store, StoreId: { } storeId } => orders.Where(order => order.StoreId == storeId),
            _ => orders.Where(order => false),
        };

    /// <summary>The order, or null when there is none that the caller may see.</summary>
    public static Task<Order?> FindForAsync(
        this IQueryable<Order> orders,
        Guid id,
        Caller caller,
        CancellationToken cancellationToken
    ) => orders.VisibleTo(caller).SingleOrDefaultAsync(order => order.Id == id, cancellationToken);
}
