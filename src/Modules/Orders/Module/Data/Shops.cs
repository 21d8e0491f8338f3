using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Orders.Domain;
using Platform.Data;

namespace Orders.Data;

/// <summary>A store with what it sells, as it was when it was asked for. Shared, so nobody changes it.</summary>
internal sealed record Shop(Store Store, Menu Menu);

/// <summary>
/// What pricing a basket needs. Those who ask at the same time share one reading, which begins after all of them
/// have asked: it is never older than the question, whichever replica changed the store.
/// </summary>
internal sealed class Shops
{
    private const int MostAtATime = 100;

    /// <summary>Compiled for the engine of this process.</summary>
    private readonly Func<OrdersDbContext, Guid, Task<Shop?>> _one = EF.CompileAsyncQuery(
        (OrdersDbContext database, Guid storeId) =>
            database
                .Stores.AsNoTracking()
                .Where(store => store.Id == storeId)
                .Join(
                    database.Menus,
                    store => store.Id,
                    menu => menu.StoreId,
                    (store, menu) => new Shop(store, menu)
                )
                .SingleOrDefault()
    );

    private readonly IServiceScopeFactory _scopes;
    private readonly Grouping<Guid, Shop?> _readings;

    public Shops(IServiceScopeFactory scopes)
    {
        _scopes = scopes;
        _readings = new Grouping<Guid, Shop?>(MostAtATime, atOnce: 1, ReadAsync);
    }

    public Task<Shop?> FindAsync(Guid storeId) => _readings.JoinAsync(storeId);

    private async Task<IReadOnlyList<Shop?>> ReadAsync(IReadOnlyList<Guid> storeIds)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<OrdersDbContext>();
        var wanted = storeIds.Distinct().ToList();
        if (wanted is [var only])
        {
            var shop = await _one(database, only);
            return [.. storeIds.Select(_ => shop)];
        }
        var shops = await database
            .Stores.AsNoTracking()
            .Where(store => wanted.Contains(store.Id))
            .Join(
                database.Menus,
                store => store.Id,
                menu => menu.StoreId,
                (store, menu) => new Shop(store, menu)
            )
            .ToDictionaryAsync(shop => shop.Store.Id);
        return [.. storeIds.Select(shops.GetValueOrDefault)];
    }
}
