using Coupons.Data;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;

namespace Coupons.Features;

/// <summary>One of them, with what has happened since it was opened.</summary>
internal sealed record CouponView(Guid CouponId, string Name, DateTimeOffset OpenedAt, int OrdersSince);

internal sealed record ShowCoupon(Guid CouponId) : IQuery<CouponView>;

internal sealed class ShowCouponHandler(CouponsDbContext database) : IQueryHandler<ShowCoupon, CouponView>
{
    public async Task<Result<CouponView>> Handle(ShowCoupon query, CancellationToken cancellationToken)
    {
        if (await database.Coupons.FindAsync([query.CouponId], cancellationToken) is not { } coupon)
            return Error.NotFound("coupon_not_found", "There is none of this id.");
        var since = await database.DeliveredOrders.CountAsync(
            order => order.DeliveredAt >= coupon.OpenedAt,
            cancellationToken
        );
        return new CouponView(coupon.CouponId, coupon.Name, coupon.OpenedAt, since);
    }
}

internal static class ShowCouponEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/{id:guid}", ShowAsync)
            .AllowAnonymous()
            .WithName("ShowCoupon")
            .WithSummary("One of them.")
            .Produces<CouponView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> ShowAsync(Guid id, Sender sender, CancellationToken cancellationToken)
    {
        var shown = await sender.SendAsync(new ShowCoupon(id), cancellationToken);
        return shown.ToHttp();
    }
}
