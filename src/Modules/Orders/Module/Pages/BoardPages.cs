using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orders.Features;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;
using Platform.Pages;

namespace Orders.Pages;

internal sealed record BoardView(StoreView Store, IReadOnlyList<OrderView> Orders, TodayView Today);

/// <summary>A store's board of open orders, and its pause.</summary>
internal static class BoardPages
{
    private const string Board = "/store";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/store").RequireRole(Roles.Store).ExcludeFromDescription();
        pages.MapPage("", ShowBoardAsync);
        pages.MapPage("/tickets", ShowTicketsAsync);
        pages.MapForm("/orders/{id:guid}/{act:regex(^(accept|reject|ready|cancel)$)}", AnswerAsync);
        pages.MapForm("/pause", PauseAsync);
    }

    private static async Task<IResult> ShowBoardAsync(
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var board = await ReadAsync(caller, sender, cancellationToken);
        return board.IsDone ? Page.Of<BoardPage>(board.Value) : board.Error.ToProblem();
    }

    private static async Task<IResult> ShowTicketsAsync(
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var board = await ReadAsync(caller, sender, cancellationToken);
        return board.IsDone ? Page.Fragment<BoardTickets>(board.Value) : board.Error.ToProblem();
    }

    private static async Task<Result<BoardView>> ReadAsync(
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var storeId = caller.StoreId ?? Guid.Empty;
        var store = await sender.SendAsync(new ShowStore(storeId), cancellationToken);
        if (!store.IsDone)
            return store.Error;
        var orders = await sender.SendAsync(new ShowBoard(storeId, caller), cancellationToken);
        var today = await sender.SendAsync(new ShowToday(storeId, caller), cancellationToken);
        return !orders.IsDone ? orders.Error
            : !today.IsDone ? today.Error
            : new BoardView(store.Value, orders.Value, today.Value);
    }

    private static async Task<IResult> AnswerAsync(
        Guid id,
        string act,
        PageForm form,
        HttpContext http,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        if (act == "accept")
        {
            var command = new AcceptOrder(id, caller, form.Number("minutes"));
            var accepted = await sender.SendAsync(command, cancellationToken);
            Result<AcceptanceOutcome> told = accepted is { IsDone: true, Value.PaymentFailed: true }
                ? Payments.PaymentErrors.CaptureFailed
                : accepted;
            return told.Then<BoardPage, AcceptanceOutcome>(http, Board);
        }

        var reason = form["reason"] ?? "too_busy";
        var answered = act switch
        {
            "reject" => await sender.SendAsync(new RejectOrder(id, caller, reason), cancellationToken),
            "cancel" => await sender.SendAsync(
                new CancelOrder(id, caller, reason, Fault: null),
                cancellationToken
            ),
            _ => await sender.SendAsync(new MarkOrderReady(id, caller), cancellationToken),
        };
        return answered.Then<BoardPage, OrderView>(http, Board);
    }

    private static async Task<IResult> PauseAsync(
        PageForm form,
        HttpContext http,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var command = new PauseStore(caller.StoreId ?? Guid.Empty, caller, form["paused"] == "true");
        return (await sender.SendAsync(command, cancellationToken)).Then<BoardPage, Nothing>(http, Board);
    }
}
