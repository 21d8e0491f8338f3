using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orders.Features;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;
using Platform.Pages;

namespace Orders.Pages;

/// <summary>A basket that is looked over.</summary>
/// <param name="Store">Null when the basket is empty.</param>
/// <param name="Basket">What is in it.</param>
/// <param name="Address">Where to.</param>
/// <param name="Quote">What it costs; null when it cannot be ordered so.</param>
/// <param name="Refusal">Why it cannot.</param>
/// <param name="Key">Makes sending the form twice one order.</param>
/// <param name="Note">What the visitor wrote to the store.</param>
/// <param name="Payment">How they chose to pay; null takes the first.</param>
internal sealed record BasketView(
    StoreView? Store,
    VisitorBasket Basket,
    VisitorAddress Address,
    QuoteView? Quote,
    Error? Refusal,
    string Key,
    string? Note = null,
    string? Payment = null
);

/// <summary>Looking the basket over and ordering what is in it.</summary>
internal static class BasketPages
{
    private const string Here = "/orders/basket";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/orders/basket").ExcludeFromDescription();
        pages.MapPage("", ShowAsync).AllowAnonymous();
        pages.MapForm("", Change).AllowAnonymous();
        pages.MapForm("/place", PlaceAsync).RequireRole(Roles.Customer);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http,
        Sender sender,
        TimeProvider clock,
        CancellationToken cancellationToken
    ) => Page.Of<BasketPage>(await ReadAsync(http, sender, clock, cancellationToken));

    private static async Task<BasketView> ReadAsync(
        HttpContext http,
        Sender sender,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var (basket, address) = (VisitorBasket.Of(http), VisitorAddress.Of(http));
        var key = Guid.CreateVersion7(clock.GetUtcNow()).ToString();
        if (basket.IsEmpty)
            return new BasketView(null, basket, address, null, null, key);
        var store = await sender.SendAsync(new ShowStore(basket.StoreId), cancellationToken);
        var quote = await sender.SendAsync(
            new QuoteOrder(basket.StoreId, basket.Items, address.ToBasket()),
            cancellationToken
        );
        return new BasketView(
            store.IsDone ? store.Value : null,
            store.IsDone ? basket : VisitorBasket.Empty,
            address,
            quote.IsDone ? quote.Value : null,
            quote.IsDone ? null : quote.Error,
            key
        );
    }

    private static IResult Change(PageForm form, HttpContext http)
    {
        if (form.Number("line") is { } line)
            VisitorBasket.Of(http).WithQuantity(line, form.Number("quantity") ?? 0).Keep(http);
        return Page.SeeOther(Here);
    }

    /// <summary>
    /// Orders at the price that the visitor saw, and at no other: a menu may change while somebody reads their basket.
    /// A refused form comes back with what was written into it.
    /// </summary>
    private static async Task<IResult> PlaceAsync(
        PageForm form,
        HttpContext http,
        Caller caller,
        Sender sender,
        TimeProvider clock
    )
    {
        var basket = VisitorBasket.Of(http);
        if (basket.IsEmpty || SeenIn(form) is not { } seen)
            return Page.SeeOther(basket.IsEmpty ? "/orders" : Here);
        var placed = await sender.PlaceAsync(
            new PlaceOrder(
                caller,
                form["key"] ?? "",
                basket.StoreId,
                basket.Items,
                VisitorAddress.Of(http).ToBasket(),
                form["payment"],
                form["note"],
                seen
            )
        );
        if (placed.IsDone)
        {
            VisitorBasket.Empty.Keep(http);
            return Page.SeeOther($"/orders/{placed.Value.OrderId}");
        }
        var view = await ReadAsync(http, sender, clock, http.RequestAborted);
        return Page.Refused<BasketPage>(
            placed.Error,
            view with
            {
                Refusal = placed.Error,
                Note = form["note"],
                Payment = form["payment"],
            }
        );
    }

    /// <summary>An amount as the form carries it.</summary>
    internal static string Seen(Money total) => FormattableString.Invariant($"{total.Amount:0.####}");

    private static Money? SeenIn(PageForm form) =>
        form["currency"] is { } currency
        && decimal.TryParse(form["total"], NumberStyles.Number, CultureInfo.InvariantCulture, out var amount)
            ? new Money(amount, currency)
            : null;
}
