using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orders.Features;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;
using Platform.Pages;

namespace Orders.Pages;

internal sealed record StoreListView(
    VisitorAddress Address,
    IReadOnlyList<StoreSummary> Stores,
    string? Next
);

internal sealed record StorePageView(
    StoreView Store,
    VisitorAddress Address,
    VisitorBasket Basket,
    Money? Fee,
    double Metres
);

/// <summary>Choosing a store and dishes. Anyone may look and fill a basket.</summary>
internal static class StorePages
{
    private const int StoresAtATime = 60;
    private const int MostAtOnce = 20;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/stores").AllowAnonymous().ExcludeFromDescription();
        pages.MapPage("", ListAsync);
        pages.MapForm("/address", ChooseAddress);
        pages.MapPage("/{id:guid}", ShowAsync);
        pages.MapForm("/{id:guid}/basket", AddToBasket);
    }

    private static async Task<IResult> ListAsync(
        string? cursor,
        HttpContext http,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var address = VisitorAddress.Of(http);
        var query = new ListStores(address.Latitude, address.Longitude, cursor, StoresAtATime);
        var stores = await sender.SendAsync(query, cancellationToken);
        return stores.IsDone
            ? Page.Of<StoreList>(new StoreListView(address, stores.Value.Items, stores.Value.Next))
            : stores.Error.ToProblem();
    }

    private static IResult ChooseAddress(PageForm form, HttpContext http)
    {
        VisitorAddress.From(form)?.Keep(http);
        return Page.SeeOther(form["back"] is "basket" ? "/orders/basket" : "/stores");
    }

    private static async Task<IResult> ShowAsync(
        Guid id,
        HttpContext http,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var shown = await sender.SendAsync(new ShowStore(id), cancellationToken);
        if (!shown.IsDone)
            return shown.Error.ToProblem();
        var (store, address) = (shown.Value, VisitorAddress.Of(http));
        var metres = new GeoPoint(store.Location.Latitude, store.Location.Longitude).MetresTo(
            new GeoPoint(address.Latitude, address.Longitude)
        );
        var fee = store.Delivery.Reach(metres) ? store.Delivery.FeeFor(metres) : null;
        return Page.Of<StorePage>(new StorePageView(store, address, VisitorBasket.Of(http), fee, metres));
    }

    private static IResult AddToBasket(Guid id, PageForm form, HttpContext http)
    {
        if (form.Id("item") is { } item)
        {
            var options = form
                .Fields.Where(field => field.Key.StartsWith("group", StringComparison.Ordinal))
                .SelectMany(field => field.Value)
                .Select(value => Guid.TryParse(value, out var option) ? option : Guid.Empty)
                .Where(option => option != Guid.Empty);
            var quantity = Math.Clamp(form.Number("quantity") ?? 1, 1, MostAtOnce);
            var basket = VisitorBasket.Of(http).And(id, new BasketLine(item, quantity, [.. options]));
            if (!basket.Keep(http))
                Notice.Leave(
                    http,
                    Words
                        .Of(typeof(StorePages).Assembly)
                        .Say("Your basket is full. Order what is in it first.")
                );
        }
        return Page.SeeOther($"/stores/{id}#basket");
    }
}
