using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Orders.Data;
using Orders.Domain;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;
using Platform.Live;
using Platform.Streams;

namespace Orders.Features;

/// <summary>A store's orders that have not ended, oldest first, for its keeper and operators.</summary>
internal sealed record ShowBoard(Guid StoreId, Caller Caller) : IQuery<IReadOnlyList<OrderView>>;

internal sealed class ShowBoardHandler(OrdersDbContext database)
    : IQueryHandler<ShowBoard, IReadOnlyList<OrderView>>
{
    /// <summary>More than any kitchen can look at.</summary>
    private const int Most = 200;

    public async Task<Result<IReadOnlyList<OrderView>>> Handle(
        ShowBoard query,
        CancellationToken cancellationToken
    )
    {
        if (!query.Caller.Is(Roles.Operator) && !query.Caller.Keeps(query.StoreId))
            return StoreAccess.NotYours;
        var orders = await database
            .Orders.AsNoTracking()
            .Where(order => order.StoreId == query.StoreId && OrderStatuses.Open.Contains(order.Status))
            .OrderBy(order => order.PlacedAt)
            .Take(Most)
            .ToListAsync(cancellationToken);
        if (
            orders.Count == 0
            && !await database.Stores.AnyAsync(store => store.Id == query.StoreId, cancellationToken)
        )
            return StoreView.NotFound;
        return orders.ConvertAll(order => OrderView.Of(order, query.Caller));
    }
}

/// <summary>Tells a store's board its open orders, then every change of any of the store's orders.</summary>
internal sealed class BoardFeed(Guid storeId, Caller caller, Sender sender) : ILiveFeed
{
    private readonly HashSet<(Guid, OrderStatus)> _told = [];
    private IReadOnlyList<OrderView> _open = [];

    public string Stream => OrderNotice.Stream;

    public StreamTopic Topic => StreamTopic.With("storeId", storeId);

    public bool HasEnded => false;

    public async Task<Result<Nothing>> LoadAsync(CancellationToken cancellationToken)
    {
        var board = await sender.SendAsync(new ShowBoard(storeId, caller), cancellationToken);
        if (!board.IsDone)
            return board.Error;
        _open = board.Value;
        return Nothing.Done;
    }

    public IReadOnlyList<LiveItem> Present()
    {
        _told.UnionWith(
            _open.SelectMany(order => order.Timeline.Select(entry => (order.OrderId, entry.Status)))
        );
        return [.. _open.Select(order => OrderNotice.Of(order).ToItem())];
    }

    public ValueTask<IReadOnlyList<LiveItem>> ChangeAsync(
        StreamEvent happened,
        CancellationToken cancellationToken
    )
    {
        if (OrderNotice.Of(happened) is not { } notice || _told.Remove((notice.OrderId, notice.Status)))
            return new([]);
        return new([notice.ToItem()]);
    }

    public void Dispose() { }
}

internal static class FollowStoreEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/stores/{id:guid}/orders/stream", FollowAsync)
            .RequireRole(Roles.Store, Roles.Operator)
            .WithName("FollowStore")
            .WithSummary("Server-Sent Events 'status' of all orders of a store; resumes with Last-Event-ID.")
            .Produces<OrderNotice>(contentType: "text/event-stream")
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static Task<IResult> FollowAsync(
        Guid id,
        HttpContext http,
        Caller caller,
        Sender sender,
        LiveStreams live
    ) => live.OpenAsync(http, new BoardFeed(id, caller, sender));
}
