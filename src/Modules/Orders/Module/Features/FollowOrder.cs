using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orders.Domain;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;
using Platform.Live;
using Platform.Streams;

namespace Orders.Features;

/// <summary>Tells one client how an order stands, then each change until the order has ended.</summary>
internal sealed class OrderFeed(Guid orderId, Caller caller, Sender sender) : ILiveFeed
{
    /// <summary>An order never comes back to a status, so each is told once.</summary>
    private readonly HashSet<OrderStatus> _told = [];
    private OrderView _order = null!;
    private bool _ended;

    public string Stream => OrderNotice.Stream;

    public StreamTopic Topic => StreamTopic.Of(orderId);

    public bool HasEnded => _ended || _order.Status.IsEnd();

    public async Task<Result<Nothing>> LoadAsync(CancellationToken cancellationToken)
    {
        var shown = await sender.SendAsync(new ShowOrder(orderId, caller), cancellationToken);
        if (!shown.IsDone)
            return shown.Error;
        _order = shown.Value;
        return Nothing.Done;
    }

    public IReadOnlyList<LiveItem> Present()
    {
        _told.UnionWith(_order.Timeline.Select(entry => entry.Status));
        return [OrderNotice.Of(_order).ToItem()];
    }

    public ValueTask<IReadOnlyList<LiveItem>> ChangeAsync(
        StreamEvent happened,
        CancellationToken cancellationToken
    )
    {
        if (OrderNotice.Of(happened) is not { } notice || !_told.Add(notice.Status))
            return new([]);
        _ended |= notice.Status.IsEnd();
        return new([notice.ToItem()]);
    }

    public void Dispose() { }
}

internal static class FollowOrderEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/orders/{id:guid}/stream", FollowAsync)
            .RequireAnyRole()
            .WithName("FollowOrder")
            .WithSummary(
                "Server-Sent Events 'status' of an order, until it ends; resumes with Last-Event-ID."
            )
            .Produces<OrderNotice>(contentType: "text/event-stream")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static Task<IResult> FollowAsync(
        Guid id,
        HttpContext http,
        Caller caller,
        Sender sender,
        LiveStreams live
    ) => live.OpenAsync(http, new OrderFeed(id, caller, sender));
}
