using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orders.Domain;
using Orders.Features;
using Platform.Commands;
using Platform.Domain;
using Platform.Http;
using Platform.Pages;

namespace Orders.Pages;

/// <summary>An item of the menu in its form.</summary>
/// <param name="MenuItemId">Null for one that is not on the menu yet.</param>
/// <param name="Draft">What the form holds.</param>
/// <param name="Sections">Those that the menu has.</param>
/// <param name="Currency">What its prices are in.</param>
/// <param name="Refusal">Why it was not taken.</param>
internal sealed record MenuItemPageView(
    Guid? MenuItemId,
    MenuItemDraft Draft,
    IReadOnlyList<string> Sections,
    string Currency,
    Error? Refusal
);

/// <summary>A store's menu: what is sold out today, and what is on it at all.</summary>
internal static class MenuPages
{
    private const string Menu = "/store/menu";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup(Menu).RequireRole(Roles.Store).ExcludeFromDescription();
        pages.MapPage("", ShowMenuAsync);
        pages.MapPage("/new", ShowNewAsync);
        pages.MapForm("/new", AddAsync);
        pages.MapPage("/{item:guid}", ShowItemAsync);
        pages.MapForm("/{item:guid}", ChangeAsync);
        pages.MapForm("/{item:guid}/availability", SetAvailabilityAsync);
        pages.MapForm("/{item:guid}/remove", RemoveAsync);
    }

    private static async Task<IResult> ShowMenuAsync(
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var store = await sender.SendAsync(new ShowStore(StoreOf(caller)), cancellationToken);
        return store.IsDone ? Page.Of<MenuPage>(store.Value) : store.Error.ToProblem();
    }

    private static async Task<IResult> ShowNewAsync(
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var store = await sender.SendAsync(new ShowStore(StoreOf(caller)), cancellationToken);
        return store.IsDone
            ? Page.Of<MenuItemPage>(ViewOf(store.Value, item: null, MenuItemDraft.Blank))
            : store.Error.ToProblem();
    }

    private static async Task<IResult> ShowItemAsync(
        Guid item,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var store = await sender.SendAsync(new ShowStore(StoreOf(caller)), cancellationToken);
        if (!store.IsDone)
            return store.Error.ToProblem();
        return store.Value.Menu.FirstOrDefault(each => each.MenuItemId == item) is { } found
            ? Page.Of<MenuItemPage>(ViewOf(store.Value, item, MenuItemDraft.Of(found)))
            : Orders.Domain.Menu.NoSuchItem.ToProblem();
    }

    private static Task<IResult> AddAsync(
        PageForm form,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    ) => TakeAsync(item: null, form, caller, sender, cancellationToken);

    private static Task<IResult> ChangeAsync(
        Guid item,
        PageForm form,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    ) => TakeAsync(item, form, caller, sender, cancellationToken);

    /// <summary>Some buttons of the form only ask for more room in it.</summary>
    private static async Task<IResult> TakeAsync(
        Guid? item,
        PageForm form,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var (storeId, draft) = (StoreOf(caller), MenuItemDraft.From(form));
        Error? refusal = null;
        if (form["more"] is null)
        {
            var taken = await sender.SendAsync(
                item is { } menuItemId
                    ? new ChangeMenuItem(storeId, menuItemId, caller, draft.ToBody())
                    : (ICommand<MenuItem>)new AddMenuItem(storeId, caller, draft.ToBody()),
                cancellationToken
            );
            if (taken.IsDone)
                return Page.SeeOther($"{Menu}#item-{taken.Value.MenuItemId}");
            refusal = taken.Error;
        }
        var store = await sender.SendAsync(new ShowStore(storeId), cancellationToken);
        if (!store.IsDone)
            return store.Error.ToProblem();
        var view = ViewOf(store.Value, item, draft.WithRoomFor(form["more"])) with { Refusal = refusal };
        return refusal is null ? Page.Of<MenuItemPage>(view) : Page.Refused<MenuItemPage>(refusal, view);
    }

    private static async Task<IResult> SetAvailabilityAsync(
        Guid item,
        PageForm form,
        HttpContext http,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var available = form["available"] == "true";
        var command = new SetAvailability(StoreOf(caller), item, caller, available);
        var set = await sender.SendAsync(command, cancellationToken);
        return set.Then<MenuPage, Nothing>(http, $"{Menu}#item-{item}");
    }

    private static async Task<IResult> RemoveAsync(
        Guid item,
        HttpContext http,
        Caller caller,
        Sender sender,
        CancellationToken cancellationToken
    )
    {
        var command = new RemoveMenuItem(StoreOf(caller), item, caller);
        return (await sender.SendAsync(command, cancellationToken)).Then<MenuPage, Nothing>(http, Menu);
    }

    private static Guid StoreOf(Caller caller) => caller.StoreId ?? Guid.Empty;

    private static MenuItemPageView ViewOf(StoreView store, Guid? item, MenuItemDraft draft) =>
        new(
            item,
            draft,
            [
                .. store
                    .Menu.Select(each => each.Section)
                    .Where(section => section.Length > 0)
                    .Distinct(StringComparer.OrdinalIgnoreCase),
            ],
            store.Minimum.Currency,
            Refusal: null
        );
}
