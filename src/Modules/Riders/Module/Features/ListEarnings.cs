using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;
using Riders.Data;

namespace Riders.Features;

/// <summary>What a rider earned on one day, today unless another is named.</summary>
internal sealed record ListEarnings(Guid RiderId, DateOnly? Date) : IQuery<EarningsView>;

internal sealed record EarningView(
    Guid DeliveryId,
    Guid OrderId,
    Money Pay,
    double Metres,
    DateTimeOffset EarnedAt
);

/// <summary>A day of a rider's earnings.</summary>
/// <param name="Date">The day, in the platform's time zone.</param>
/// <param name="Total">The sum in the currency that most of it was earned in.</param>
/// <param name="OtherTotals">Sums in further currencies, for a rider who crossed a border.</param>
/// <param name="Items">Each delivery, oldest first.</param>
internal sealed record EarningsView(
    DateOnly Date,
    Money Total,
    IReadOnlyList<Money> OtherTotals,
    IReadOnlyList<EarningView> Items
);

internal sealed class ListEarningsHandler(RidersDbContext riders, RidersOptions options, TimeProvider clock)
    : IQueryHandler<ListEarnings, EarningsView>
{
    public async Task<Result<EarningsView>> Handle(ListEarnings query, CancellationToken cancellationToken)
    {
        var day = query.Date ?? Today();
        var earnings = await riders
            .Earnings.AsNoTracking()
            .Where(earning => earning.RiderId == query.RiderId && earning.Day == day)
            .OrderBy(earning => earning.EarnedAt)
            .ToListAsync(cancellationToken);
        List<Money> totals =
        [
            .. earnings
                .GroupBy(earning => earning.Pay.Currency, StringComparer.Ordinal)
                .OrderByDescending(group => group.Count())
                .Select(group => group.Select(earning => earning.Pay).Aggregate((sum, pay) => sum + pay)),
        ];
        return new EarningsView(
            day,
            totals.FirstOrDefault() ?? Money.Zero(options.Currency),
            [.. totals.Skip(1)],
            [
                .. earnings.Select(earning => new EarningView(
                    earning.DeliveryId,
                    earning.OrderId,
                    earning.Pay,
                    Math.Round(earning.Metres),
                    earning.EarnedAt
                )),
            ]
        );
    }

    private DateOnly Today() =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(clock.GetUtcNow(), options.Zone).DateTime);
}

internal static class ListEarningsEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/riders/me/earnings", GetAsync)
            .RequireRole(Roles.Rider)
            .WithName("ListEarnings")
            .WithSummary("What the rider earned on a day")
            .Produces<EarningsView>()
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<Microsoft.AspNetCore.Http.IResult> GetAsync(
        DateOnly? date,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    ) => (await sender.SendAsync(new ListEarnings(caller.UserId, date), cancellationToken)).ToHttp();
}
