using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orders.Features;
using Orders.Payments;
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
internal sealed record BasketView(
    StoreView? Store,
    VisitorBasket Basket,
    VisitorAddress Address,
    QuoteView? Quote,
    Error? Refusal,
    string Key
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
    )
    {
        var (basket, address) = (VisitorBasket.Of(http), VisitorAddress.Of(http));
        var key = Guid.CreateVersion7(clock.GetUtcNow()).ToString();
        if (basket.IsEmpty)
            return Page.Of<BasketPage>(new BasketView(null, basket, address, null, null, key));
        var store = await sender.SendAsync(new ShowStore(basket.StoreId), cancellationToken);
        var quote = await sender.SendAsync(
            new QuoteOrder(basket.StoreId, basket.Items, address.ToBasket()),
            cancellationToken
        );
        return Page.Of<BasketPage>(
            new BasketView(
                store.IsDone ? store.Value : null,
                store.IsDone ? basket : VisitorBasket.Empty,
                address,
                quote.IsDone ? quote.Value : null,
                quote.IsDone ? null : quote.Error,
                key
            )
        );
    }

    private static IResult Change(PageForm form, HttpContext http)
    {
        if (form.Number("line") is { } line)
            VisitorBasket.Of(http).WithQuantity(line, form.Number("quantity") ?? 0).Keep(http);
        return Page.SeeOther(Here);
    }

    private static async Task<IResult> PlaceAsync(
        PageForm form,
        HttpContext http,
        Caller caller,
        Sender sender
    )
    {
        var basket = VisitorBasket.Of(http);
        var key = form["key"] ?? "";
        if (basket.IsEmpty || key.Length == 0)
            return Page.SeeOther(basket.IsEmpty ? "/orders" : Here);
        if (await CostsMoreOrLessAsync(form, basket, http, sender))
            return Page.SeeOther(Here);
        var placed = await sender.SendAsync(
            new PlaceOrder(
                caller,
                key,
                basket.StoreId,
                basket.Items,
                VisitorAddress.Of(http).ToBasket(),
                form["payment"],
                form["note"]
            ),
            CancellationToken.None
        );
        if (placed.Error == PaymentErrors.TimedOut)
            await sender.SendAsync(
                new ReleaseUnknownAuthorisation(caller.UserId, key),
                CancellationToken.None
            );
        if (!placed.IsDone)
            return placed.Then<BasketPage, OrderView>(http, Here);
        VisitorBasket.Empty.Keep(http);
        return Page.SeeOther($"/orders/{placed.Value.OrderId}");
    }

    /// <summary>A menu may change while somebody reads their basket: nobody pays what they did not see.</summary>
    private static async Task<bool> CostsMoreOrLessAsync(
        PageForm form,
        VisitorBasket basket,
        HttpContext http,
        Sender sender
    )
    {
        var quote = await sender.SendAsync(
            new QuoteOrder(basket.StoreId, basket.Items, VisitorAddress.Of(http).ToBasket()),
            CancellationToken.None
        );
        if (!quote.IsDone || Seen(quote.Value.Total) == form["total"])
            return false;
        Notice.Leave(
            http,
            Words.Of(typeof(BasketPages).Assembly).Say("The price has changed. Please look again.")
        );
        return true;
    }

    /// <summary>A total as the form carries it.</summary>
    internal static string Seen(Money total) => FormattableString.Invariant($"{total.Amount:0.##}");
}
