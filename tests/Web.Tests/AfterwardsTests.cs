using Microsoft.Playwright;
using Web.Tests.Running;

namespace Web.Tests;

/// <summary>What people click when the story takes another turn, and once it is told.</summary>
[Collection(Site.Visited)]
public sealed class AfterwardsTests(Site site)
{
    [Fact]
    public async Task A_rider_brings_the_food_back_and_its_customer_sees_it()
    {
        using var deeds = await Deeds.OfAsync(site);
        var order = await deeds.PlaceAsync();
        var delivery = await deeds.CarryAsync(order);
        await using var visitors = new Visitors(site, "en", 390, 844);
        var customer = await visitors.AsAsync("customer2");
        await customer.GotoAsync($"/orders/{order}");
        await customer.WaitForSelectorAsync("svg.map");
        var rider = await visitors.AsAsync("rider");
        await rider.GotoAsync("/rider");

        await rider.ClickAsync($"#fail-{delivery} summary");
        await rider.SelectOptionAsync($"#fail-{delivery} select", "customer_absent");
        await Visitors.LookAsync(rider, "ride-back-en");
        await rider.ClickAsync($"#fail-{delivery} button");

        await rider.WaitForSelectorAsync(
            $"#fail-{delivery}",
            new() { State = WaitForSelectorState.Detached }
        );
        await customer.WaitForSelectorAsync(".steps li.bad");
        await customer.WaitForSelectorAsync("text=Nobody was at the door.");
        await Visitors.LookAsync(customer, "order-undeliverable-en");
        visitors.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Reviews_are_sorted_in_the_page_and_an_answer_is_written_and_changed()
    {
        using var deeds = await Deeds.OfAsync(site);
        await deeds.ReviewAsync(1, "Cold by the time it came.");
        await deeds.ReviewAsync(5, "As hot as it gets.");
        await using var visitors = new Visitors(site, "en", 390, 844);
        var reader = await visitors.AnybodyAsync();
        await reader.GotoAsync(Visitors.FirstStore);
        await FirstShouldSayAsync(reader, "As hot as it gets.");

        await reader.ClickAsync("#reviews nav a[href$='sort=lowest']");
        await FirstShouldSayAsync(reader, "Cold by the time it came.");
        await reader.ClickAsync("#reviews nav a[href$='sort=highest']");
        await FirstShouldSayAsync(reader, "As hot as it gets.");
        new Uri(reader.Url).AbsolutePath.ShouldBe(Visitors.FirstStore, "the page was not left");

        var keeper = await visitors.AsAsync("store");
        await keeper.GotoAsync("/reviews/of-my-store?sort=lowest");
        var card = keeper.Locator(".card", new() { HasText = "Cold by the time it came." }).First;
        await card.Locator("textarea").FillAsync("We are sorry.");
        await card.Locator("button").ClickAsync();
        await card.Locator(".reply:has-text('We are sorry.')").WaitForAsync();
        await card.Locator("summary").ClickAsync();
        await card.Locator("textarea").FillAsync("We are sorry, and have a new bag.");
        await Visitors.LookAsync(keeper, "reviews-of-store-en");
        await card.Locator("details button").ClickAsync();
        await card.Locator(".reply:has-text('and have a new bag.')").WaitForAsync();
        visitors.Complaints.ShouldBeEmpty();
    }

    private static Task FirstShouldSayAsync(IPage page, string text) =>
        Assertions
            .Expect(page.Locator("#reviews .card:has(time)").First)
            .ToContainTextAsync(text, new() { Timeout = 30_000 });
}
