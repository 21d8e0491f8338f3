using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Orders.Data;
using Orders.Domain;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;

namespace Orders.Features;

/// <summary>
/// With an address, the stores that deliver there: open ones first, then the nearest. Without one, every
/// store, the longest registered first.
/// </summary>
internal sealed record ListStores(double? Latitude, double? Longitude, string? Cursor, int Limit)
    : IQuery<Page<StoreSummary>>;

internal sealed class ListStoresHandler(OrdersDbContext database, TimeProvider clock)
    : IQueryHandler<ListStores, Page<StoreSummary>>
{
    /// <summary>More than any distance on Earth in metres, so that every closed store comes after every open one.</summary>
    private const long Closed = 100_000_000;

    private static readonly Error WrongPlace = Error.Invalid(
        "invalid_location",
        "Give both latitude (-90 to 90) and longitude (-180 to 180), or neither."
    );

    public async Task<Result<Page<StoreSummary>>> Handle(
        ListStores query,
        CancellationToken cancellationToken
    )
    {
        if (query.Limit is < 1 or > PageCursor.MaximumLimit)
            return PageCursor.LimitOutOfRange;
        (long Sort, Guid Id)? after = null;
        if (query.Cursor is { Length: > 0 } cursor)
        {
            if (!PageCursor.TryDecode(cursor, out var sort, out var id))
                return PageCursor.Unreadable;
            after = (sort, id);
        }

        if (query is { Latitude: null, Longitude: null })
            return await EveryStoreAsync(after, query.Limit, cancellationToken);
        var dropOff = new GeoPoint(query.Latitude ?? double.NaN, query.Longitude ?? double.NaN);
        return dropOff.IsValid
            ? await DeliveringToAsync(dropOff, after, query.Limit, cancellationToken)
            : WrongPlace;
    }

    private async Task<Result<Page<StoreSummary>>> EveryStoreAsync(
        (long Sort, Guid Id)? after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var stores = database.Stores.AsNoTracking();
        if (after is { } last)
        {
            if (last.Sort < 0 || last.Sort > DateTimeOffset.MaxValue.UtcTicks)
                return PageCursor.Unreadable;
            var lastRegistered = new DateTimeOffset(last.Sort, TimeSpan.Zero);
            stores = stores.Where(store =>
                store.RegisteredAt > lastRegistered
                || (store.RegisteredAt == lastRegistered && store.Id.CompareTo(last.Id) > 0)
            );
        }
        var page = stores.OrderBy(store => store.RegisteredAt).ThenBy(store => store.Id).Take(limit + 1);
        var rows = await WithRatings(page).ToListAsync(cancellationToken);
        var registered = rows.ToDictionary(row => row.Store.Id, row => row.Store.RegisteredAt.UtcTicks);
        var now = clock.GetUtcNow();
        return Page<StoreSummary>.From(
            [
                .. rows.OrderBy(row => row.Store.RegisteredAt)
                    .Select(row => StoreSummary.Of(row.Store, row.Rating, dropOff: null, now)),
            ],
            limit,
            store => PageCursor.Encode(registered[store.StoreId], store.StoreId)
        );
    }

    private async Task<Result<Page<StoreSummary>>> DeliveringToAsync(
        GeoPoint dropOff,
        (long Sort, Guid Id)? after,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var rows = await WithRatings(Around(dropOff)).ToListAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var page = rows.Where(row => row.Store.DeliversTo(dropOff).IsDone)
            .Select(row => StoreSummary.Of(row.Store, row.Rating, dropOff, now))
            .OrderBy(Rank)
            .ThenBy(store => store.StoreId)
            .SkipWhile(store => after is { } last && !IsBehind(last, store))
            .Take(limit + 1)
            .ToList();
        return Page<StoreSummary>.From(page, limit, store => PageCursor.Encode(Rank(store), store.StoreId));
    }

    /// <summary>
    /// Stores within a square that no delivery area reaches beyond; near the date line and the poles, within a
    /// belt around the Earth.
    /// </summary>
    private IQueryable<Store> Around(GeoPoint dropOff)
    {
        const double metresPerDegree = 111_000;
        var north = Store.LongestRadiusMetres / metresPerDegree;
        var (bottom, top) = (dropOff.Latitude - north, dropOff.Latitude + north);
        var stores = database
            .Stores.AsNoTracking()
            .Where(store => store.Location.Latitude >= bottom && store.Location.Latitude <= top);

        var narrowest = Math.Cos(double.DegreesToRadians(Math.Max(Math.Abs(bottom), Math.Abs(top))));
        var east = narrowest > 0 ? north / narrowest : 360;
        var (left, right) = (dropOff.Longitude - east, dropOff.Longitude + east);
        return left < -180 || right > 180
            ? stores
            : stores.Where(store => store.Location.Longitude >= left && store.Location.Longitude <= right);
    }

    private IQueryable<RatedStore> WithRatings(IQueryable<Store> stores) =>
        stores.LeftJoin(
            database.Ratings.AsNoTracking(),
            store => store.Id,
            rating => rating.StoreId,
            (store, rating) => new RatedStore(store, rating)
        );

    private static long Rank(StoreSummary store) => (store.Open ? 0 : Closed) + store.DistanceMetres!.Value;

    private static bool IsBehind((long Sort, Guid Id) last, StoreSummary store) =>
        Rank(store) > last.Sort || (Rank(store) == last.Sort && store.StoreId > last.Id);

    private sealed record RatedStore(Store Store, StoreRating? Rating);
}

internal static class ListStoresEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/stores", ListAsync)
            .AllowAnonymous()
            .WithName("ListStores")
            .WithSummary("Stores that deliver to a place, or all of them.")
            .Produces<Page<StoreSummary>>()
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> ListAsync(
        double? latitude,
        double? longitude,
        string? cursor,
        int? limit,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var query = new ListStores(latitude, longitude, cursor, limit ?? PageCursor.DefaultLimit);
        return (await sender.SendAsync(query, cancellationToken)).ToHttp();
    }
}
