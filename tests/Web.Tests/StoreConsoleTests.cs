using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Web.Tests.Running;

namespace Web.Tests;

/// <summary>What a store's staff write, as plain forms: the menu and the hours.</summary>
[Collection(Site.Visited)]
public sealed class StoreConsoleTests(Site site)
{
    [Theory]
    [InlineData("en", 1280, 800, true)]
    [InlineData("ko", 390, 844, false)]
    public async Task A_dish_is_put_on_the_menu_changed_and_taken_off(
        string language,
        int width,
        int height,
        bool scripts
    )
    {
        await using var visitors = new Visitors(site, language, width, height);
        var keeper = await visitors.AsAsync("store", scripts);
        var name = language == "ko" ? "손만두" : "Steamed dumplings";
        await keeper.GotoAsync("/store/menu");
        await keeper.ClickAsync("a[href='/store/menu/new']");
        await keeper.FillAsync("input[name=name]", name);
        await keeper.FillAsync("input[name=price]", "7500");
        await keeper.FillAsync("input[name=section]", "Starters");
        await keeper.ClickAsync("button[name=more][value=group]");
        await keeper.FillAsync("input[name=group0]", "Filling");
        await keeper.FillAsync("input[name=group0-option] >> nth=0", "Pork");
        await keeper.FillAsync("input[name=group0-option] >> nth=2", "Kimchi");
        await keeper.FillAsync("input[name=group0-price] >> nth=2", "500");
        await Visitors.ShootAsync(keeper, $"menu-item-{language}");
        await SaveAsync(keeper);

        var line = keeper.Locator(".line", new() { HasText = name });
        await line.GetByRole(AriaRole.Link).ClickAsync();
        (
            await keeper
                .Locator("input[name=group0-option]")
                .EvaluateAllAsync<string[]>("all => all.map(one => one.value)")
        ).ShouldBe(["Pork", "Kimchi"]);
        await keeper.FillAsync("input[name=price]", "8000");
        await SaveAsync(keeper);
        await Visitors.ShootAsync(keeper, $"menu-{language}");
        var customer = await visitors.AnybodyAsync();
        await customer.GotoAsync(Visitors.FirstStore);
        (await customer.Locator(".dish", new() { HasText = name }).InnerTextAsync()).ShouldContain("8,000");

        await line.GetByRole(AriaRole.Link).ClickAsync();
        await keeper.ClickAsync(".danger summary");
        await keeper.ClickAsync(".danger button");
        await Visitors.ArriveAsync(keeper, "/store/menu");
        (await line.CountAsync()).ShouldBe(0);
        visitors.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nobody_pays_a_price_that_they_did_not_see()
    {
        using var keeper = await site.CallerAsync("store");
        await using var visitors = new Visitors(site, "en", 390, 844);
        var customer = await visitors.AsAsync("customer");
        await Visitors.FillBasketAsync(customer);
        var menu = await keeper.GetFromJsonAsync<JsonElement>("/api" + Visitors.FirstStore);
        var dish = menu.GetProperty("menu")[0];
        await PriceAsync(keeper, dish, more: 500);
        try
        {
            await Visitors.SendAsync(customer, "form[action='/orders/basket/place'] button[type=submit]");

            (await customer.InnerTextAsync("[role=alert]")).ShouldContain("Nothing was ordered");
        }
        finally
        {
            await PriceAsync(keeper, dish, more: 0);
        }
        visitors.Complaints.ShouldAllBe(complaint =>
            complaint.Contains("/orders/basket/place", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task An_accepted_order_is_called_off_on_the_board_and_its_customer_sees_it()
    {
        using var calls = await site.CallerAsync("store");
        await using var visitors = new Visitors(site, "en", 1280, 800);
        var customer = await visitors.AsAsync("customer");
        var order = await Visitors.OrderAsync(customer);
        using var accepted = await calls.PostAsJsonAsync(
            $"/api/orders/{order}/accept",
            new { preparationMinutes = 60 }
        );
        accepted.EnsureSuccessStatusCode();
        var keeper = await visitors.AsAsync("store");

        await keeper.ClickAsync($"#off-{order} summary");
        await keeper.ClickAsync($"#off-{order} button");

        await customer.WaitForSelectorAsync(".steps li.bad");
        await customer.WaitForSelectorAsync("text=Something in it is sold out.");
        visitors.Complaints.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("en", "A dish has a name of up to 100 characters.")]
    [InlineData("ko", "이름을 100자 이내로 적어 주세요.")]
    public async Task A_dish_that_nobody_could_order_comes_back_with_what_is_wrong_beside_it(
        string language,
        string sentence
    )
    {
        await using var visitors = new Visitors(site, language, 390, 844);
        var keeper = await visitors.AsAsync("store");
        await keeper.GotoAsync("/store/menu/new");
        await keeper.FillAsync("input[name=price]", "100");
        await keeper.ClickAsync("button[name=more][value=group]");
        await keeper.FillAsync("input[name=group0-option] >> nth=0", "Pork");
        await keeper.FillAsync("input[name=group0-maximum]", "2");
        await keeper.FillAsync("input[name=name]", "   ");
        var answer = await keeper.RunAndWaitForResponseAsync(
            () => keeper.ClickAsync("button.mud-button-filled[type=submit]"),
            response => response.Request.Method == "POST"
        );

        answer.Status.ShouldBe((int)HttpStatusCode.BadRequest);
        (await keeper.TextContentAsync("#fault-name"))!.ShouldBe(sentence);
        (await keeper.GetAttributeAsync("input[name=group0]", "aria-invalid")).ShouldBe("true");
        (await keeper.GetAttributeAsync("input[name=group0-maximum]", "aria-invalid")).ShouldBe("true");
        (await keeper.InputValueAsync("input[name=price]")).ShouldBe("100");
        (await keeper.InputValueAsync("input[name=group0-option]")).ShouldBe("Pork");
        await Visitors.LookAsync(keeper, $"menu-item-wrong-{language}");
    }

    [Fact]
    public async Task Hours_are_changed_as_they_hang_on_the_door()
    {
        await using var visitors = new Visitors(site, "en", 390, 844);
        var keeper = await visitors.AsAsync("store", scripts: false);
        await keeper.GotoAsync("/store/hours");
        try
        {
            await keeper.FillAsync("input[name=Monday-from] >> nth=0", "06:00");
            await keeper.FillAsync("input[name=Monday-to] >> nth=0", "05:30");
            await Visitors.SendAsync(keeper, "button[name=fill]");
            (await keeper.InputValueAsync("input[name=Sunday-to] >> nth=0")).ShouldBe("05:30");
            await SaveAsync(keeper);
            await keeper.WaitForSelectorAsync("main [role=status]");
            await Visitors.ShootAsync(keeper, "hours-en");

            var customer = await visitors.AnybodyAsync(scripts: false);
            await customer.GotoAsync(Visitors.FirstStore);
            await customer.ClickAsync(".hours summary");
            (await customer.InnerTextAsync(".week")).ShouldContain("06:00–05:30");
        }
        finally
        {
            await keeper.GotoAsync("/store/hours");
            await keeper.FillAsync("input[name=Monday-from] >> nth=0", "00:00");
            await keeper.FillAsync("input[name=Monday-to] >> nth=0", "00:00");
            await Visitors.SendAsync(keeper, "button[name=fill]");
            await SaveAsync(keeper);
        }
        visitors.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Hours_of_which_one_end_is_missing_come_back_marked()
    {
        await using var visitors = new Visitors(site, "ko", 1280, 800);
        var keeper = await visitors.AsAsync("store");
        await keeper.GotoAsync("/store/hours");
        await keeper.FillAsync("input[name=Tuesday-from] >> nth=1", "18:00");
        await SaveAsync(keeper);

        (await keeper.TextContentAsync("#fault-Tuesday-1"))!.ShouldContain("09:00");
        (await keeper.InputValueAsync("input[name=Tuesday-from] >> nth=1")).ShouldBe("18:00");
        await Visitors.LookAsync(keeper, "hours-wrong-ko");
    }

    /// <summary>Writes a dish as it is, but for its price.</summary>
    private static async Task PriceAsync(HttpClient keeper, JsonElement dish, decimal more)
    {
        var groups = dish.GetProperty("optionGroups")
            .EnumerateArray()
            .Select(group => new
            {
                name = Text(group, "name"),
                minimum = group.GetProperty("minimum").GetInt32(),
                maximum = group.GetProperty("maximum").GetInt32(),
                options = group
                    .GetProperty("options")
                    .EnumerateArray()
                    .Select(option => new { name = Text(option, "name"), price = Price(option) }),
            });
        using var written = await keeper.PutAsJsonAsync(
            $"/api{Visitors.FirstStore}/menu-items/{Text(dish, "menuItemId")}",
            new
            {
                section = Text(dish, "section"),
                name = Text(dish, "name"),
                description = Text(dish, "description"),
                price = Price(dish) + more,
                optionGroups = groups,
            }
        );
        written.EnsureSuccessStatusCode();
    }

    private static string? Text(JsonElement json, string member) => json.GetProperty(member).GetString();

    private static decimal Price(JsonElement json) =>
        json.GetProperty("price").GetProperty("amount").GetDecimal();

    private static Task SaveAsync(IPage keeper) =>
        Visitors.SendAsync(keeper, "button.mud-button-filled[type=submit]");
}
