using System.Linq.Expressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;
using Riders.Data;
using Riders.Domain;

namespace Riders.Features;

/// <summary>
/// Deliveries, newest first. A rider's are their own, and without a status those in hand; an operator's are
/// everybody's, and without a status those that are not over.
/// </summary>
internal sealed record ListDeliveries(Guid? RiderId, string? Status, string? Cursor, int? Limit)
    : IQuery<Page<DeliveryView>>;

internal sealed class ListDeliveriesHandler(RidersDbContext riders)
    : IQueryHandler<ListDeliveries, Page<DeliveryView>>
{
    private static readonly DeliveryStatus[] Open =
    [
        DeliveryStatus.Requested,
        DeliveryStatus.Offered,
        DeliveryStatus.Assigned,
        DeliveryStatus.PickedUp,
    ];

    public async Task<Result<Page<DeliveryView>>> Handle(
        ListDeliveries query,
        CancellationToken cancellationToken
    )
    {
        var limit = query.Limit ?? PageCursor.DefaultLimit;
        if (limit is < 1 or > PageCursor.MaximumLimit)
            return PageCursor.LimitOutOfRange;
        var deliveries = riders.Deliveries.AsNoTracking();
        if (query.RiderId is { } riderId)
            deliveries = deliveries.Where(delivery => delivery.RiderId == riderId);

        if (query.Status is null)
        {
            deliveries = deliveries.Where(delivery => Open.Contains(delivery.Status));
        }
        else
        {
            if (
                !Enum.TryParse<DeliveryStatus>(query.Status, ignoreCase: true, out var status)
                || !status.ToString().Equals(query.Status, StringComparison.OrdinalIgnoreCase)
            )
                return UnknownStatus;
            deliveries = deliveries.Where(delivery => delivery.Status == status);
        }

        if (query.Cursor is not null)
        {
            if (!PageCursor.TryDecode(query.Cursor, out var ticks, out var last) || !IsTime(ticks))
                return PageCursor.Unreadable;
            deliveries = deliveries.Where(IsBehind(new DateTimeOffset(ticks, TimeSpan.Zero), last));
        }
        var rows = await deliveries
            .OrderByDescending(delivery => delivery.RequestedAt)
            .ThenByDescending(delivery => delivery.DeliveryId)
            .Take(limit + 1)
            .ToListAsync(cancellationToken);
        var page = Page<Delivery>.From(
            rows,
            limit,
            last => PageCursor.Encode(last.RequestedAt.UtcTicks, last.DeliveryId)
        );
        return new Page<DeliveryView>([.. page.Items.Select(DeliveryView.Of)], page.Next);
    }

    private static Error UnknownStatus { get; } =
        Error.Invalid(
            "invalid_status",
            $"The status must be one of: {string.Join(", ", Enum.GetNames<DeliveryStatus>())}."
        );

    private static bool IsTime(long ticks) =>
        ticks >= DateTimeOffset.MinValue.Ticks && ticks <= DateTimeOffset.MaxValue.Ticks;

    private static Expression<Func<Delivery, bool>> IsBehind(DateTimeOffset at, Guid last) =>
        delivery =>
            delivery.RequestedAt < at
            || (delivery.RequestedAt == at && delivery.DeliveryId.CompareTo(last) < 0);
}

internal static class ListDeliveriesEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/riders/me/deliveries", GetOwnAsync)
            .RequireRole(Roles.Rider)
            .WithName("ListOwnDeliveries")
            .WithSummary("The rider's deliveries; without a status those in hand")
            .Produces<Page<DeliveryView>>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        routes
            .MapGet("/api/deliveries", GetAllAsync)
            .RequireRole(Roles.Operator)
            .WithName("ListDeliveries")
            .WithSummary("All deliveries; without a status those that are not over")
            .Produces<Page<DeliveryView>>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static async Task<Microsoft.AspNetCore.Http.IResult> GetOwnAsync(
        string? status,
        string? cursor,
        int? limit,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    ) =>
        (
            await sender.SendAsync(
                new ListDeliveries(caller.UserId, status, cursor, limit),
                cancellationToken
            )
        ).ToHttp();

    private static async Task<Microsoft.AspNetCore.Http.IResult> GetAllAsync(
        string? status,
        string? cursor,
        int? limit,
        Sender sender,
        CancellationToken cancellationToken
    ) =>
        (
            await sender.SendAsync(
                new ListDeliveries(RiderId: null, status, cursor, limit),
                cancellationToken
            )
        ).ToHttp();
}
