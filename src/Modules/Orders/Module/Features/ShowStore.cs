using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Orders.Data;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;

namespace Orders.Features;

/// <summary>One store with its menu.</summary>
internal sealed record ShowStore(Guid StoreId) : IQuery<StoreView>;

internal sealed class ShowStoreHandler(OrdersDbContext database, Shops shops, TimeProvider clock)
    : IQueryHandler<ShowStore, StoreView>
{
    public async Task<Result<StoreView>> Handle(ShowStore query, CancellationToken cancellationToken)
    {
        var shop = await shops.FindAsync(query.StoreId);
        if (shop is null)
            return StoreView.NotFound;
        var rating = await database
            .Ratings.AsNoTracking()
            .SingleOrDefaultAsync(row => row.StoreId == query.StoreId, cancellationToken);
        return StoreView.Of(shop.Store, shop.Menu, rating, clock.GetUtcNow());
    }
}

internal static class ShowStoreEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/stores/{id:guid}", ShowAsync)
            .AllowAnonymous()
            .WithName("ShowStore")
            .WithSummary("A store's profile, hours, delivery terms and menu.")
            .Produces<StoreView>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> ShowAsync(
        Guid id,
        Sender sender,
        CancellationToken cancellationToken
    ) => (await sender.SendAsync(new ShowStore(id), cancellationToken)).ToHttp();
}
