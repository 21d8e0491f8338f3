using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orders.Features;
using Platform.Commands;
using Platform.Http;
using Platform.Pages;

namespace Orders.Pages;

internal sealed record OrderFiguresView(FiguresView Figures, IReadOnlyList<int> Pace);

/// <summary>An order that one can watch, and those before it.</summary>
internal static class OrderPages
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/orders").ExcludeFromDescription();
        pages.MapPage("", ListAsync).RequireRole(Roles.Customer, Roles.Store, Roles.Operator);
        pages.MapPage("/{id:guid}", ShowAsync).RequireAnyRole();
        pages.MapPage("/{id:guid}/progress", ShowProgressAsync).RequireAnyRole();
        pages.MapPage("/figures", ShowFiguresAsync).RequireRole(Roles.Operator);
        pages.MapForm("/{id:guid}/cancel", CancelAsync).RequireRole(Roles.Customer, Roles.Operator);
    }

    private static async Task<IResult> ListAsync(
        string? cursor,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var query = new ListOrders(caller, [], cursor, PageCursor.DefaultLimit);
        var orders = await sender.SendAsync(query, cancellationToken);
        return orders.IsDone ? Page.Of<OrderList>(orders.Value) : orders.Error.ToProblem();
    }

    private static async Task<IResult> ShowAsync(
        Guid id,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var order = await sender.SendAsync(new ShowOrder(id, caller), cancellationToken);
        return order.IsDone ? Page.Of<OrderPage>(order.Value) : order.Error.ToProblem();
    }

    private static async Task<IResult> ShowProgressAsync(
        Guid id,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var order = await sender.SendAsync(new ShowOrder(id, caller), cancellationToken);
        return order.IsDone ? Page.Fragment<OrderProgress>(order.Value) : order.Error.ToProblem();
    }

    private static async Task<IResult> ShowFiguresAsync(
        HttpContext http,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var figures = await sender.SendAsync(new ShowFigures(), cancellationToken);
        var pace = await sender.SendAsync(new ShowPace(), cancellationToken);
        return !figures.IsDone ? figures.Error.ToProblem()
            : !pace.IsDone ? pace.Error.ToProblem()
            : Page.For<OrderFigures>(http, new OrderFiguresView(figures.Value, pace.Value));
    }

    private static async Task<IResult> CancelAsync(
        Guid id,
        HttpContext http,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var reason = caller.Is(Roles.Customer) ? "changed_mind" : "operator_decision";
        var cancelled = await sender.SendAsync(
            new CancelOrder(id, caller, reason, Fault: null),
            cancellationToken
        );
        return cancelled.Then<OrderPage, OrderView>(http, $"/orders/{id}");
    }
}
