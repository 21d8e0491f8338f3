using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Orders.Domain;
using Orders.Features;
using Platform.Domain;
using Platform.Testing;

namespace Orders.Tests.Features;

/// <summary>What a store's keeper writes: its menu and its hours.</summary>
[Collection(OrdersHost.Shared)]
public sealed class MenuCallsTests(OrdersHost host)
{
    private static readonly MenuItemBody Dumplings = new(
        "Starters",
        "Dumplings",
        "Six of them",
        7_500,
        [new("Filling", 1, 1, [new("Pork", 0), new("Kimchi", 500)])]
    );

    [Fact]
    public async Task A_new_item_can_be_ordered_at_once()
    {
        var store = await host.StoreAsync();

        var added = await (await AddAsync(store, Dumplings)).ShouldBeAsync<MenuItem>(HttpStatusCode.Created);

        added.Price.ShouldBe(new Money(7_500, "KRW"));
        (await SeeAsync(store)).Menu[^1].Name.ShouldBe("Dumplings");
        var basket = OrdersHost.Soup(store) with
        {
            Items = [new BasketItem(added.MenuItemId, 2, [added.OptionGroups[0].Options[1].OptionId])],
        };
        var order = await (await host.Customer().PlaceAsync(basket)).ShouldBeAsync<OrderView>(
            HttpStatusCode.Created
        );
        order.Lines.Single().Total.ShouldBe(new Money(16_000, "KRW"));
    }

    [Fact]
    public async Task The_same_item_added_twice_is_there_once()
    {
        var store = await host.StoreAsync();
        await AddAsync(store, Dumplings);

        await (await AddAsync(store, Dumplings)).ShouldBeAsync(HttpStatusCode.Conflict, "menu_item_exists");

        (await SeeAsync(store)).Menu.Count(item => item.Name == "Dumplings").ShouldBe(1);
    }

    [Fact]
    public async Task A_changed_price_holds_for_the_next_order_and_not_for_the_last()
    {
        var store = await host.StoreAsync();
        var customer = host.Customer();
        var before = await customer.OrderSoupAsync(store);

        var changed = await (
            await ChangeAsync(
                store,
                store.Menu[0].MenuItemId,
                new("Soups", "Seaweed soup", null, 8_000, null)
            )
        ).ShouldBeAsync<MenuItem>(HttpStatusCode.OK);

        changed.MenuItemId.ShouldBe(store.Menu[0].MenuItemId);
        (await customer.OrderSoupAsync(store)).Lines[0].Total.ShouldBe(new Money(24_000, "KRW"));
        var seen = await (await customer.GetAsync($"/api/orders/{before.OrderId}")).ShouldBeAsync<OrderView>(
            HttpStatusCode.OK
        );
        seen.Lines[0].Total.ShouldBe(before.Lines[0].Total);
    }

    [Fact]
    public async Task A_basket_with_an_option_still_fits_when_the_item_was_written_anew()
    {
        var store = await host.StoreAsync();
        var (bowl, hot) = (store.Menu[1], store.Menu[1].OptionGroups[0].Options[1]);

        await ChangeAsync(
            store,
            bowl.MenuItemId,
            new(
                "Bowls",
                "Bibimbap",
                "With an egg",
                9_500,
                [new("Heat", 1, 1, [new("Hot", 700), new("Mild", 0)])]
            )
        );

        var basket = OrdersHost.Soup(store) with
        {
            Items = [new BasketItem(bowl.MenuItemId, 2, [hot.OptionId])],
        };
        var order = await (await host.Customer().PlaceAsync(basket)).ShouldBeAsync<OrderView>(
            HttpStatusCode.Created
        );
        order.Lines.Single().Total.ShouldBe(new Money(20_400, "KRW"));
    }

    [Fact]
    public async Task An_item_that_was_removed_cannot_be_ordered()
    {
        var store = await host.StoreAsync();
        var path = $"/api/stores/{store.StoreId}/menu-items/{store.Menu[0].MenuItemId}";

        (await host.Keeper(store.StoreId).DeleteAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        await (await host.Customer().PlaceAsync(OrdersHost.Soup(store))).ShouldBeAsync(
            HttpStatusCode.UnprocessableEntity,
            "unknown_item"
        );
        await (await host.Keeper(store.StoreId).DeleteAsync(path)).ShouldBeAsync(
            HttpStatusCode.NotFound,
            "menu_item_not_found"
        );
    }

    [Fact]
    public async Task An_item_that_nobody_could_order_is_refused_and_its_fields_are_named()
    {
        var store = await host.StoreAsync();
        var wrong = new MenuItemBody(
            new string('x', 51),
            " ",
            null,
            Price: null,
            [new("Heat", 2, 1, [new("", -1)]), new("Empty", 0, 1, [])]
        );

        var answer = await AddAsync(store, wrong);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        problem
            .RootElement.GetProperty("errors")
            .EnumerateObject()
            .Select(field => field.Name)
            .ShouldBe(
                [
                    "section",
                    "name",
                    "price",
                    "optionGroups[0].maximum",
                    "optionGroups[0].options[0].name",
                    "optionGroups[0].options[0].price",
                    "optionGroups[1].options",
                    "optionGroups[1].maximum",
                ],
                ignoreOrder: true
            );
        (await SeeAsync(store)).Menu.Count.ShouldBe(store.Menu.Count);
    }

    [Fact]
    public async Task Two_items_changed_at_once_are_both_changed()
    {
        var store = await host.StoreAsync();

        var answers = await Task.WhenAll(
            store.Menu.Select(item =>
                ChangeAsync(
                    store,
                    item.MenuItemId,
                    new(item.Section, item.Name + " of today", null, 5_000, null)
                )
            )
        );

        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
        (await SeeAsync(store)).Menu.ShouldAllBe(item => item.Name.EndsWith(" of today"));
    }

    [Fact]
    public async Task New_hours_hold_at_once()
    {
        var store = await host.StoreAsync();
        var evenings = OpeningHours.EveryDay("Asia/Seoul", new(18, 0), new(2, 0)).Week;

        var hours = await (
            await host.Keeper(store.StoreId)
                .PutAsJsonAsync(
                    $"/api/stores/{store.StoreId}/hours",
                    new { week = evenings },
                    ModuleHost.Json
                )
        ).ShouldBeAsync<OpeningHours>(HttpStatusCode.OK);

        (hours.TimeZone, hours.Week.Count).ShouldBe(("Asia/Seoul", 7));
        var seen = await SeeAsync(store);
        (seen.Open, seen.Hours.Week[0].From).ShouldBe((false, new TimeOnly(18, 0)));
        await (await host.Customer().PlaceAsync(OrdersHost.Soup(store))).ShouldBeAsync(
            HttpStatusCode.UnprocessableEntity,
            "store_closed"
        );
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"week":null}""")]
    [InlineData("""{"week":[null]}""")]
    [InlineData("""{"week":[{"day":"Someday","from":"09:00","to":"10:00"}]}""")]
    [InlineData("""{"week":[{"day":9,"from":"09:00","to":"10:00"}]}""")]
    [InlineData("""{"week":[{"day":"Monday","from":"25:00","to":"10:00"}]}""")]
    [InlineData("""{"week":[],"timeZone":"Asia/Atlantis"}""")]
    public async Task Hours_that_cannot_be_are_a_bad_request(string body)
    {
        var store = await host.StoreAsync();
        using var content = new StringContent(body, null, "application/json");

        var answer = await host.Keeper(store.StoreId).PutAsync($"/api/stores/{store.StoreId}/hours", content);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await SeeAsync(store)).Open.ShouldBeTrue();
    }

    [Fact]
    public async Task Another_stores_keeper_writes_nothing()
    {
        var store = await host.StoreAsync();
        var stranger = host.Keeper(Guid.CreateVersion7());
        var (here, item) = ($"/api/stores/{store.StoreId}", store.Menu[0].MenuItemId);

        foreach (
            var answer in new[]
            {
                await stranger.PostAsJsonAsync($"{here}/menu-items", Dumplings, ModuleHost.Json),
                await stranger.PutAsJsonAsync($"{here}/menu-items/{item}", Dumplings, ModuleHost.Json),
                await stranger.DeleteAsync($"{here}/menu-items/{item}"),
                await stranger.PutAsJsonAsync($"{here}/hours", new { week = Array.Empty<object>() }),
            }
        )
            await answer.ShouldBeAsync(HttpStatusCode.Forbidden, "not_your_store");
        (await SeeAsync(store)).Menu.Count.ShouldBe(store.Menu.Count);
    }

    private Task<HttpResponseMessage> AddAsync(StoreView store, MenuItemBody item) =>
        host.Keeper(store.StoreId)
            .PostAsJsonAsync($"/api/stores/{store.StoreId}/menu-items", item, ModuleHost.Json);

    private Task<HttpResponseMessage> ChangeAsync(StoreView store, Guid menuItemId, MenuItemBody item) =>
        host.Keeper(store.StoreId)
            .PutAsJsonAsync($"/api/stores/{store.StoreId}/menu-items/{menuItemId}", item, ModuleHost.Json);

    private async Task<StoreView> SeeAsync(StoreView store) =>
        await (await host.Anonymous().GetAsync($"/api/stores/{store.StoreId}")).ShouldBeAsync<StoreView>(
            HttpStatusCode.OK
        );
}
