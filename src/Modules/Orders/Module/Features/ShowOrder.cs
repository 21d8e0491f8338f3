using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Orders.Data;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;

namespace Orders.Features;

/// <summary>One order, for those who may see it.</summary>
internal sealed record ShowOrder(Guid OrderId, Caller Caller) : IQuery<OrderView>;

internal sealed class ShowOrderHandler(OrdersDbContext database) : IQueryHandler<ShowOrder, OrderView>
{
    public async Task<Result<OrderView>> Handle(ShowOrder query, CancellationToken cancellationToken)
    {
        var orders = database.Orders.AsNoTracking();
        var order = await orders.FindForAsync(query.OrderId, query.Caller, cancellationToken);
        return order is null ? OrderAccess.NotFound : OrderView.Of(order, query.Caller);
    }
}

internal static class ShowOrderEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/orders/{id:guid}", ShowAsync)
            .RequireAnyRole()
            .WithName("ShowOrder")
            .WithSummary("An order, for its customer, its store or an operator.")
            .Produces<OrderView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> ShowAsync(
        Guid id,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    ) => (await sender.SendAsync(new ShowOrder(id, caller), cancellationToken)).ToHttp();
}
