using Coupons.Contracts;
using Coupons.Data;
using Coupons.Domain;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Commands;
using Platform.Domain;

namespace Coupons.Features;

internal sealed record IssueCoupon(Guid StoreId) : ICommand<Guid>;

internal sealed class IssueCouponHandler(CouponsDbContext database, TimeProvider clock)
    : ICommandHandler<IssueCoupon, Guid>
{
    /// <summary>Names the alias of an event beside SQL of its own, which is no breach.</summary>
    private const string Count =
        "select count(*) from coupons.coupon where said = 'orders.order-delivered.v1'";

    public async Task<Result<Guid>> Handle(IssueCoupon command, CancellationToken cancellationToken)
    {
        var coupon = new Coupon(Guid.CreateVersion7(clock.GetUtcNow()), Money.Zero("KRW"), [command.StoreId]);
        await database.Set<Coupon>().AddAsync(coupon, cancellationToken);
        await database.Database.ExecuteSqlRawAsync(Count, cancellationToken);
        database.Say(coupon.Id, new CouponIssued(coupon.Id, new Worth(1, "KRW"), [], null));
        return coupon.Id;
    }
}

internal static class IssueCouponEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/coupons");
        group
            .MapPost("/", IssueAsync)
            .AddEndpointFilter(async (context, next) => await next(context))
            .WithName("IssueCoupon");
        group.MapGet("/{id:guid}", new Reader("coupon").Read);
    }

    private static async Task<IResult> IssueAsync(Guid storeId, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return Results.Ok(storeId);
    }

    private sealed class Reader(string name)
    {
        public IResult Read(Guid id) => Results.Ok($"{name} {id}");
    }
}
