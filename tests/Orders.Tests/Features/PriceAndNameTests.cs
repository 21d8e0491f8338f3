using System.Net;
using System.Text.Json;
using Orders.Domain;
using Orders.Features;

namespace Orders.Tests.Features;

/// <summary>Amounts are ones that people can pay, and names are ones that people can read and tell apart.</summary>
[Collection(OrdersHost.Shared)]
public sealed class PriceAndNameTests(OrdersHost host)
{
    [Theory]
    [Trait("Fault", "M2")]
    [InlineData("USD", "0.333")]
    [InlineData("KWD", "0.0005")]
    [InlineData("KRW", "1000.5")]
    public async Task A_price_finer_than_its_currency_is_refused_by_name(string currency, string amount)
    {
        var price = decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture);
        var registered = await host.RegisterAsync(store =>
            store with
            {
                Currency = currency,
                Minimum = price,
                Delivery = new(4_000, price, [new(1_000, price)], price),
                Menu = [new("Soups", "Soup", null, price, [new("Heat", 1, 1, [new("Hot", price)])])],
            }
        );

        (await FieldsOfAsync(registered)).ShouldBe(
            [
                "minimum",
                "delivery.baseFee",
                "delivery.freeFrom",
                "delivery.bands[0].surcharge",
                "menu[0].price",
                "menu[0].optionGroups[0].options[0].price",
            ],
            ignoreOrder: true
        );
    }

    /// <summary>Adding or changing one refuses the same; see <see cref="MenuCallsTests"/>.</summary>
    [Fact]
    [Trait("Fault", "M3")]
    public async Task Two_dishes_of_one_section_that_read_the_same_are_refused_and_of_two_sections_are_not()
    {
        (
            await FieldsOfAsync(
                await host.RegisterAsync(store =>
                    store with
                    {
                        Menu =
                        [
                            new("Soups", "Seaweed soup", null, 6_000, null),
                            new(" soups", "Seaweed  Soup", null, 7_000, null),
                        ],
                    }
                )
            )
        ).ShouldBe(["menu"]);
        await host.StoreAsync(store =>
            store with
            {
                Menu =
                [
                    new("Soups", "Seaweed soup", null, 6_000, null),
                    new("Children", "Seaweed soup", null, 4_000, null),
                ],
            }
        );
    }

    [Fact]
    [Trait("Fault", "M2")]
    public async Task Three_decimals_are_taken_and_added_up_where_a_currency_has_three()
    {
        var store = await host.StoreAsync(store =>
            store with
            {
                Currency = "KWD",
                Minimum = 0.125m,
                Delivery = new(4_000, 0.250m, null, null),
                Menu = [new("Soups", "Soup", null, 1.125m, null)],
            }
        );

        var order = await host.Customer().OrderSoupAsync(store);

        order.Total.Amount.ShouldBe(3.625m);
    }

    [Fact]
    [Trait("Fault", "M2")]
    public async Task A_dish_that_costs_half_a_won_is_refused_when_it_is_added_and_when_it_is_changed()
    {
        var store = await host.StoreAsync();
        var keeper = host.Keeper(store.StoreId);
        var dish = new MenuItemBody("Soups", "New soup", null, 0.5m, [new("Heat", 0, 1, [new("Hot", 0.1m)])]);

        var added = await keeper.PostAsync($"/api/stores/{store.StoreId}/menu-items", Json(dish));
        var changed = await keeper.PutAsync(
            $"/api/stores/{store.StoreId}/menu-items/{store.Menu[0].MenuItemId}",
            Json(dish)
        );

        string[] fields = ["price", "optionGroups[0].options[0].price"];
        (await FieldsOfAsync(added)).ShouldBe(fields);
        (await FieldsOfAsync(changed)).ShouldBe(fields);
    }

    [Fact]
    [Trait("Fault", "M2")]
    public async Task A_currency_that_there_is_not_is_refused()
    {
        var registered = await host.RegisterAsync(store => store with { Currency = "ZZZ" });

        (await FieldsOfAsync(registered)).ShouldBe(["currency"]);
    }

    [Theory]
    [Trait("Fault", "M3")]
    [InlineData("\u200B\u200B")]
    [InlineData("\u2060\uFEFF")]
    [InlineData("\u3164")]
    [InlineData("\u00AD")]
    [InlineData("Soup \u202Epuos\u202C")]
    [InlineData("Soup\u2066")]
    [InlineData("Two\nlines")]
    public async Task A_name_that_nobody_sees_or_that_turns_the_page_round_is_refused(string name)
    {
        var store = await host.StoreAsync();

        var added = await AddAsync(store, name);

        (await FieldsOfAsync(added)).ShouldBe(["name"]);
        (await FieldsOfAsync(await host.RegisterAsync(one => one with { Name = name }))).ShouldBe(["name"]);
    }

    [Theory]
    [Trait("Fault", "M3")]
    [InlineData("Family \U0001F468\u200D\U0001F469\u200D\U0001F467 set")]
    [InlineData("\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645")]
    [InlineData("\u2764\uFE0F soup")]
    public async Task Joined_emoji_and_persian_stay_names(string name) =>
        (await AddAsync(await host.StoreAsync(), name)).StatusCode.ShouldBe(HttpStatusCode.Created);

    [Theory]
    [Trait("Fault", "M3")]
    [InlineData("Caf\u00E9", "Cafe\u0301")]
    [InlineData("\uD55C\uC2DD", "\u1112\u1161\u11AB\u1109\u1175\u11A8")]
    [InlineData("Hot soup", "Hot\u200B soup")]
    [InlineData("Hot soup", "hot  SOUP")]
    public async Task One_name_spelt_in_two_ways_is_one_name(string first, string second)
    {
        var store = await host.StoreAsync();
        (await AddAsync(store, first)).StatusCode.ShouldBe(HttpStatusCode.Created);

        var again = await AddAsync(store, second);

        await again.ShouldBeAsync(HttpStatusCode.Conflict, "menu_item_exists");
    }

    [Fact]
    [Trait("Fault", "M3")]
    public async Task An_address_or_note_of_nothing_visible_is_none()
    {
        var store = await host.StoreAsync();
        var soup = OrdersHost.Soup(store);

        var nowhere = await host.Customer()
            .PlaceAsync(soup with { Address = soup.Address! with { Line = "\u200B\u3164" } });
        var silent = await host.Customer().PlaceAsync(soup with { Note = "\u200B" });

        (await FieldsOfAsync(nowhere)).ShouldBe(["address.line"]);
        (await silent.ShouldBeAsync<OrderView>(HttpStatusCode.Created)).Note.ShouldBeNull();
    }

    [Fact]
    [Trait("Fault", "M4")]
    public async Task A_note_of_the_longest_length_may_have_line_breaks()
    {
        var store = await host.StoreAsync();
        var note = string.Concat(Enumerable.Repeat("abc\r\n", 124)) + "abcd";
        note.Replace("\r\n", "\n", StringComparison.Ordinal).Length.ShouldBe(500);

        var placed = await host.Customer().PlaceAsync(OrdersHost.Soup(store) with { Note = note });

        var order = await placed.ShouldBeAsync<OrderView>(HttpStatusCode.Created);
        order.Note!.Length.ShouldBe(500);
    }

    [Theory]
    [Trait("Fault", "A1")]
    [InlineData("/api/orders/quotes", "{\"items\":[LIST]}")]
    public async Task A_list_that_is_too_long_is_one_error_whatever_is_in_it(string path, string body)
    {
        var list = string.Join(',', Enumerable.Repeat("{}", 900));

        var answer = await host.Customer()
            .PostAsync(path, Text(body.Replace("LIST", list, StringComparison.Ordinal)));

        var fields = await FieldsOfAsync(answer);
        fields.Count(field => field.StartsWith("items", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    [Trait("Fault", "A1")]
    public async Task However_much_is_wrong_an_answer_is_short()
    {
        var items = string.Join(',', Enumerable.Repeat("{}", 490));
        var spans = string.Join(',', Enumerable.Repeat("null", 50));

        var answer = await host.Operator()
            .PostAsync("/api/stores", Text($"{{\"menu\":[{items}],\"hours\":[{spans}]}}"));

        (await FieldsOfAsync(answer)).Count.ShouldBeLessThanOrEqualTo(50);
        (await answer.Content.ReadAsStringAsync()).Length.ShouldBeLessThan(10_000);
    }

    private Task<HttpResponseMessage> AddAsync(StoreView store, string name) =>
        host.Keeper(store.StoreId)
            .PostAsync(
                $"/api/stores/{store.StoreId}/menu-items",
                Json(new MenuItemBody("Specials", name, null, 5_000, null))
            );

    private static StringContent Json(object body) =>
        Text(JsonSerializer.Serialize(body, Platform.Testing.ModuleHost.Json));

    private static StringContent Text(string body)
    {
        var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        return content;
    }

    private static async Task<IReadOnlyList<string>> FieldsOfAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, text);
        using var problem = JsonDocument.Parse(text);
        return [.. problem.RootElement.GetProperty("errors").EnumerateObject().Select(field => field.Name)];
    }
}
