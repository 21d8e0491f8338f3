using Microsoft.EntityFrameworkCore;
using Orders.Data;
using Orders.Domain;
using Platform.Domain;
using Platform.Http;

namespace Orders.Features;

/// <summary>A menu that its keeper is about to change, and what its prices are in.</summary>
internal sealed record KeptMenu(Menu Menu, string Currency);

/// <summary>Everyone sees every store; only its own keeper changes it.</summary>
internal static class StoreAccess
{
    public static readonly Error NotYours = Error.Forbidden("not_your_store", "This is not your store.");

    public static bool Keeps(this Caller caller, Guid storeId) =>
        caller.Is(Roles.Store) && caller.StoreId == storeId;

    public static async Task<Result<KeptMenu>> FindKeptMenuAsync(
        this OrdersDbContext database,
        Guid storeId,
        Caller caller,
        CancellationToken cancellationToken
    )
    {
        var kept = await database
            .Menus.Where(menu => menu.StoreId == storeId)
            .Join(
                database.Stores,
                menu => menu.StoreId,
                store => store.Id,
                (menu, store) => new { menu, store.Minimum.Currency }
            )
            .SingleOrDefaultAsync(cancellationToken);
        return kept is null ? StoreView.NotFound
            : caller.Keeps(storeId) ? new KeptMenu(kept.menu, kept.Currency)
            : NotYours;
    }
}
