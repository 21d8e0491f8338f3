using Microsoft.Playwright;
using Web.Tests.Running;

namespace Web.Tests;

/// <summary>One order from the list of stores to its review, with three people at once, none of whom reloads.</summary>
[Collection(Site.Visited)]
public sealed class StoryTests(Site site)
{
    [Theory]
    [InlineData("en", 1280, 800)]
    [InlineData("ko", 390, 844)]
    public async Task Customer_store_and_rider_see_each_other_act(string language, int width, int height)
    {
        await using var visitors = new Visitors(site, language, width, height);
        var (keeper, rider) = (await visitors.AsAsync("store"), await visitors.AsAsync("rider"));
        await rider.GotoAsync("/rider");
        if (await rider.QuerySelectorAsync("[data-report]") is null)
            await rider.ClickAsync("form[action='/rider/shift'] button");
        await rider.WaitForSelectorAsync("[data-report]");

        var customer = await visitors.AnybodyAsync();
        await Visitors.FillBasketAsync(customer);
        await customer.ClickAsync("a[href^='/sign-in?back=/orders/basket']");
        await Visitors.SignInAsync(customer, "customer");
        await Visitors.LookAsync(customer, $"basket-{language}");
        await customer.ClickAsync("form[action='/orders/basket/place'] button[type=submit]");
        await customer.WaitForSelectorAsync("[data-status=Placed]");
        await Visitors.LookAsync(customer, $"order-placed-{language}");

        var ticket = $"form[action='/store/orders/{new Uri(customer.Url).Segments[^1]}";
        await keeper.WaitForSelectorAsync($"{ticket}/accept']");
        await Visitors.LookAsync(keeper, $"board-{language}");
        await keeper.SelectOptionAsync($"{ticket}/accept'] select[name=minutes]", "10");
        await keeper.ClickAsync($"{ticket}/accept'] button");
        await customer.WaitForSelectorAsync(".steps li.done + li.now");

        await rider.WaitForSelectorAsync("form[action$='/accept']");
        await Visitors.LookAsync(rider, $"offer-{language}");
        await rider.ClickAsync("form[action$='/accept'] button");
        await rider.WaitForSelectorAsync("form[action$='/pick-up']");
        await keeper.ClickAsync($"{ticket}/ready'] button");
        await rider.ClickAsync("form[action$='/pick-up'] button");
        await customer.WaitForSelectorAsync(
            "svg.map .rider",
            new() { State = WaitForSelectorState.Attached }
        );
        await Visitors.LookAsync(customer, $"order-carried-{language}");

        await rider.WaitForSelectorAsync("form[action$='/deliver']");
        await Visitors.LookAsync(rider, $"ride-{language}");
        await rider.ClickAsync("form[action$='/deliver'] button");
        await customer.WaitForSelectorAsync("form[action='/reviews']");
        await Visitors.LookAsync(customer, $"order-delivered-{language}");
        await customer.FillAsync("textarea[name=text]", "Still hot.");
        await customer.ClickAsync("form[action='/reviews'] button[type=submit]");
        await customer.WaitForSelectorAsync("#review >> text=Still hot.");

        await customer.ClickAsync("#review a[href$='/edit']");
        await Visitors.ArriveAsync(customer, "/edit");
        (await customer.InputValueAsync("textarea[name=text]")).ShouldBe("Still hot.");
        await Visitors.LookAsync(customer, $"review-edit-{language}");
        await customer.CheckAsync("input[name=food][value='4']");
        await customer.FillAsync("textarea[name=text]", "Still hot, and fast.");
        await Visitors.SendAsync(customer, "button.mud-button-filled[type=submit]");
        await customer.WaitForSelectorAsync("text=Still hot, and fast.");
        await Visitors.LookAsync(customer, $"reviews-mine-{language}");

        await customer.GotoAsync(Visitors.FirstStore);
        await customer.WaitForSelectorAsync("#reviews >> text=Still hot, and fast.");
        await Visitors.LookAsync(customer, $"store-{language}");
        visitors.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_order_can_be_placed_without_scripts()
    {
        await using var visitors = new Visitors(site, "en", 390, 844);
        var customer = await visitors.AnybodyAsync(scripts: false);
        await Visitors.FillBasketAsync(customer);
        await customer.ClickAsync("a[href^='/sign-in?back=/orders/basket']");
        await Visitors.SignInAsync(customer, "customer");
        await customer.ClickAsync("form[action='/orders/basket/place'] button[type=submit]");
        await customer.WaitForSelectorAsync("[data-status=Placed]");
        visitors.Complaints.ShouldBeEmpty();
    }
}
