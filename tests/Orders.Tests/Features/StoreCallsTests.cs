using System.Net;
using System.Net.Http.Json;
using Orders.Contracts;
using Orders.Domain;
using Orders.Features;
using Platform.Domain;
using Platform.Http;

namespace Orders.Tests.Features;

/// <summary>Stores as everyone sees them, and what their keepers change.</summary>
[Collection(OrdersHost.Shared)]
public sealed class StoreCallsTests(OrdersHost host)
{
    private const string Nearby = "latitude=37.5150&longitude=127.1060";

    [Fact]
    public async Task A_registered_store_is_shown_with_its_menu_and_said()
    {
        var store = await host.StoreAsync();

        var seen = await SeeAsync(store.StoreId);

        seen.Open.ShouldBeTrue();
        seen.Minimum.ShouldBe(new Money(12_000, "KRW"));
        seen.Rating.ShouldBe(new RatingView(0, 0));
        seen.Menu[1].OptionGroups.Single().Options.Select(option => option.Name).ShouldBe(["Mild", "Hot"]);
        (await host.SaidOfAsync(store.StoreId)).Single().ShouldBeOfType<StoreRegistered>();
    }

    [Fact]
    public async Task A_store_that_is_not_there_is_not_found() =>
        await (await host.Anonymous().GetAsync($"/api/stores/{Guid.CreateVersion7()}")).ShouldBeAsync(
            HttpStatusCode.NotFound,
            "store_not_found"
        );

    [Fact]
    public async Task Only_an_operator_registers_a_store_and_only_once()
    {
        var id = Guid.CreateVersion7();
        await host.StoreAsync(store => store with { StoreId = id });

        (await host.Keeper(id).PostAsJsonAsync("/api/stores", new { })).StatusCode.ShouldBe(
            HttpStatusCode.Forbidden
        );
        await (await host.RegisterAsync(store => store with { StoreId = id })).ShouldBeAsync(
            HttpStatusCode.Conflict,
            "store_already_registered"
        );
    }

    [Fact]
    public async Task A_store_without_sense_is_invalid()
    {
        var answer = await host.Operator()
            .PostAsJsonAsync(
                "/api/stores",
                new
                {
                    name = "",
                    timeZone = "Asia/Atlantis",
                    currency = "won",
                    latitude = 91,
                    delivery = new { radiusMetres = -1, baseFee = -1 },
                    menu = new[] { new { name = "Soup", price = -1 } },
                }
            );

        await answer.ShouldBeAsync(HttpStatusCode.BadRequest, "validation_failed");
    }

    [Fact]
    public async Task A_paused_store_takes_no_orders_and_says_so_once()
    {
        var store = await host.StoreAsync();
        var keeper = host.Keeper(store.StoreId);

        (await keeper.PutAsync($"/api/stores/{store.StoreId}/pause", null)).StatusCode.ShouldBe(
            HttpStatusCode.NoContent
        );
        await keeper.PutAsync($"/api/stores/{store.StoreId}/pause", null);

        (await SeeAsync(store.StoreId)).Open.ShouldBeFalse();
        await (await host.Customer().PlaceAsync(OrdersHost.Soup(store))).ShouldBeAsync(
            HttpStatusCode.UnprocessableEntity,
            "store_paused"
        );
        var said = (await host.SaidOfAsync(store.StoreId)).OfType<StoreChanged>().Single();
        (said.Paused, said.Revision).ShouldBe((true, 1));
    }

    [Fact]
    public async Task A_resumed_store_takes_orders_again()
    {
        var store = await host.StoreAsync();
        var keeper = host.Keeper(store.StoreId);
        await keeper.PutAsync($"/api/stores/{store.StoreId}/pause", null);

        (await keeper.PutAsync($"/api/stores/{store.StoreId}/resume", null)).StatusCode.ShouldBe(
            HttpStatusCode.NoContent
        );

        await host.Customer().OrderSoupAsync(store);
        (await host.SaidOfAsync(store.StoreId)).OfType<StoreChanged>().Last().Revision.ShouldBe(2);
    }

    [Fact]
    public async Task A_sold_out_item_cannot_be_ordered_until_it_is_back()
    {
        var store = await host.StoreAsync();
        var path = $"/api/stores/{store.StoreId}/menu-items/{store.Menu[0].MenuItemId}/availability";
        var keeper = host.Keeper(store.StoreId);

        (await keeper.PutAsJsonAsync(path, new { available = false })).StatusCode.ShouldBe(
            HttpStatusCode.NoContent
        );
        (await SeeAsync(store.StoreId)).Menu[0].Available.ShouldBeFalse();
        await (await host.Customer().PlaceAsync(OrdersHost.Soup(store))).ShouldBeAsync(
            HttpStatusCode.UnprocessableEntity,
            "sold_out"
        );

        await keeper.PutAsJsonAsync(path, new { available = true });
        await host.Customer().OrderSoupAsync(store);
    }

    [Fact]
    public async Task Two_items_sold_out_at_once_are_both_sold_out()
    {
        var store = await host.StoreAsync();
        var keeper = host.Keeper(store.StoreId);

        var answers = await Task.WhenAll(
            store.Menu.Select(item =>
                keeper.PutAsJsonAsync(
                    $"/api/stores/{store.StoreId}/menu-items/{item.MenuItemId}/availability",
                    new { available = false }
                )
            )
        );

        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.NoContent);
        (await SeeAsync(store.StoreId)).Menu.ShouldAllBe(item => !item.Available);
    }

    [Fact]
    public async Task Another_stores_keeper_may_look_but_not_touch()
    {
        var store = await host.StoreAsync();
        var stranger = host.Keeper(Guid.CreateVersion7());
        var item = $"/api/stores/{store.StoreId}/menu-items/{store.Menu[0].MenuItemId}/availability";

        await (await stranger.PutAsync($"/api/stores/{store.StoreId}/pause", null)).ShouldBeAsync(
            HttpStatusCode.Forbidden,
            "not_your_store"
        );
        await (await stranger.PutAsJsonAsync(item, new { available = false })).ShouldBeAsync(
            HttpStatusCode.Forbidden,
            "not_your_store"
        );
    }

    [Fact]
    public async Task A_change_to_what_is_not_there_is_not_found()
    {
        var store = await host.StoreAsync();
        var (keeper, nothing) = (host.Keeper(store.StoreId), Guid.CreateVersion7());

        await (await keeper.PutAsync($"/api/stores/{nothing}/pause", null)).ShouldBeAsync(
            HttpStatusCode.NotFound,
            "store_not_found"
        );
        await (
            await keeper.PutAsJsonAsync(
                $"/api/stores/{store.StoreId}/menu-items/{nothing}/availability",
                new { available = false }
            )
        ).ShouldBeAsync(HttpStatusCode.NotFound, "menu_item_not_found");
        await (
            await keeper.PutAsJsonAsync(
                $"/api/stores/{store.StoreId}/menu-items/{store.Menu[0].MenuItemId}/availability",
                new { }
            )
        ).ShouldBeAsync(HttpStatusCode.BadRequest, "validation_failed");
    }

    [Fact]
    public async Task A_list_for_an_address_has_the_stores_that_deliver_there_with_fee_and_distance()
    {
        var near = await host.StoreAsync();
        var far = await host.StoreAsync(store => store with { Latitude = 37.6 });

        var stores = await EveryAsync($"/api/stores?{Nearby}&limit=100");

        var found = stores.Single(store => store.StoreId == near.StoreId);
        found.DeliveryFee.ShouldBe(new Money(2_000, "KRW"));
        found.DistanceMetres.ShouldBe(56);
        stores.ShouldNotContain(store => store.StoreId == far.StoreId);
    }

    [Fact]
    public async Task Open_stores_come_first_then_the_nearest()
    {
        var farther = await host.StoreAsync(store => store with { Latitude = 37.5200 });
        var closed = await host.StoreAsync(store =>
            store with
            {
                Hours = OpeningHours.EveryDay("Asia/Seoul", new(1, 0), new(1, 1)).Week,
            }
        );
        var near = await host.StoreAsync();

        var mine = (await EveryAsync($"/api/stores?{Nearby}&limit=2"))
            .Select(store => store.StoreId)
            .Where(id => id == farther.StoreId || id == closed.StoreId || id == near.StoreId);

        mine.ShouldBe([near.StoreId, farther.StoreId, closed.StoreId]);
    }

    [Fact]
    public async Task A_list_without_an_address_has_every_store_once_and_no_fees()
    {
        var store = await host.StoreAsync(store => store with { Latitude = -37.6 });

        var stores = await EveryAsync("/api/stores?limit=3");

        stores.Select(row => row.StoreId).ShouldBeUnique();
        stores.Single(row => row.StoreId == store.StoreId).DeliveryFee.ShouldBeNull();
    }

    [Theory]
    [InlineData("latitude=91&longitude=127", "invalid_location")]
    [InlineData("latitude=NaN&longitude=127", "invalid_location")]
    [InlineData("latitude=37&longitude=1e999", "invalid_location")]
    [InlineData("latitude=37", "invalid_location")]
    [InlineData("limit=-1", "invalid_limit")]
    [InlineData("cursor=%00", "invalid_cursor")]
    public async Task A_search_that_cannot_be_is_a_bad_request(string query, string code) =>
        await (await host.Anonymous().GetAsync($"/api/stores?{query}")).ShouldBeAsync(
            HttpStatusCode.BadRequest,
            code
        );

    [Theory]
    [InlineData("latitude=90&longitude=180")]
    [InlineData("latitude=-90&longitude=-180")]
    [InlineData("latitude=0&longitude=179.99")]
    public async Task The_ends_of_the_earth_can_be_searched(string query) =>
        (await host.Anonymous().GetAsync($"/api/stores?{query}")).StatusCode.ShouldBe(HttpStatusCode.OK);

    private async Task<StoreView> SeeAsync(Guid storeId) =>
        await (await host.Anonymous().GetAsync($"/api/stores/{storeId}")).ShouldBeAsync<StoreView>(
            HttpStatusCode.OK
        );

    private async Task<List<StoreSummary>> EveryAsync(string path)
    {
        var found = new List<StoreSummary>();
        for (string? next = path; next is not null; )
        {
            var page = await (await host.Anonymous().GetAsync(next)).ShouldBeAsync<Page<StoreSummary>>(
                HttpStatusCode.OK
            );
            found.AddRange(page.Items);
            next = page.Next is null ? null : $"{path}&cursor={page.Next}";
        }
        return found;
    }
}
