using Coupons.Contracts;
using Coupons.Data;
using Coupons.Domain;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;

namespace Coupons.Features;

internal sealed record OpenCoupon(string Name) : ICommand<CouponView>;

internal sealed class OpenCouponValidator : AbstractValidator<OpenCoupon>
{
    public OpenCouponValidator() =>
        RuleFor(request => request.Name).NotEmpty().MaximumLength(Coupon.LongestName);
}

internal sealed class OpenCouponHandler(CouponsDbContext database, TimeProvider clock)
    : ICommandHandler<OpenCoupon, CouponView>
{
    public Task<Result<CouponView>> Handle(OpenCoupon command, CancellationToken cancellationToken)
    {
        var opened = Coupon.Open(command.Name, clock.GetUtcNow());
        if (!opened.IsDone)
            return Task.FromResult<Result<CouponView>>(opened.Error);
        var coupon = opened.Value;
        database.Coupons.Add(coupon);
        database.Say(coupon.CouponId, new CouponOpened(coupon.CouponId, coupon.OpenedAt));
        return Task.FromResult<Result<CouponView>>(
            new CouponView(coupon.CouponId, coupon.Name, coupon.OpenedAt, OrdersSince: 0)
        );
    }
}

internal static class OpenCouponEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPost("/", OpenAsync)
            .RequireRole(Roles.Operator)
            .WithName("OpenCoupon")
            .WithSummary("Opens one.")
            .Produces<CouponView>(StatusCodes.Status201Created);

    private static async Task<IResult> OpenAsync(
        OpenCoupon request,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var opened = await sender.SendAsync(request, cancellationToken);
        return opened.ToCreated(coupon => $"/api/coupons/{coupon.CouponId}");
    }
}
