using System.Net.Http.Json;
using Microsoft.Playwright;
using Web.Tests.Running;

namespace Web.Tests;

/// <summary>What people see while something is away: a module, or the network.</summary>
[Collection(Site.Visited)]
public sealed class AwayTests(Site site)
{
    [Theory]
    [InlineData("en", 1280, 800, "Reviews are taking a break")]
    [InlineData("ko", 390, 844, "리뷰가 잠시 쉬고 있어요")]
    public async Task With_Reviews_paused_pages_are_without_reviews_and_say_so_quietly(
        string language,
        int width,
        int height,
        string note
    )
    {
        using var operators = await site.CallerAsync("operator");
        await using var visitors = new Visitors(site, language, width, height);
        var customer = await visitors.AsAsync("customer");
        await PostAsync(operators, "/api/ops/modules/reviews/pause");
        try
        {
            await customer.GotoAsync(Visitors.FirstStore);
            await customer.WaitForSelectorAsync($"#reviews >> text={note}");
            (await customer.Locator("details.dish").CountAsync()).ShouldBeGreaterThan(0);
            (await customer.Locator(".mud-alert").CountAsync()).ShouldBe(0);
            await customer.Locator("#reviews").ScrollIntoViewIfNeededAsync();
            await Visitors.LookAsync(customer, $"store-without-reviews-{language}");

            var order = await Visitors.OrderAsync(customer);
            await Visitors.LookAsync(customer, $"order-without-reviews-{language}");
            await customer.ClickAsync($"form[action='/orders/{order}/cancel'] button");
            await customer.WaitForSelectorAsync(".steps li.bad");
            (await customer.Locator("main .mud-alert").CountAsync()).ShouldBe(0);
            visitors.Complaints.ShouldBeEmpty();

            await using var others = new Visitors(site, language, width, height);
            var reader = await others.AsAsync("customer");
            await reader.GotoAsync("/reviews/mine");
            await reader.WaitForSelectorAsync(".empty h1");
            await Visitors.LookAsync(reader, $"reviews-away-{language}");
        }
        finally
        {
            await PostAsync(operators, "/api/ops/modules/reviews/resume");
        }

        await customer.GotoAsync(Visitors.FirstStore);
        await customer.WaitForSelectorAsync(
            "#reviews .loading",
            new() { State = WaitForSelectorState.Detached }
        );
        (await customer.Locator($"#reviews >> text={note}").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task A_page_without_network_says_so_and_catches_up_by_itself()
    {
        using var keeper = await site.CallerAsync("store");
        await using var visitors = new Visitors(site, "en", 390, 844);
        var customer = await visitors.AsAsync("customer");
        var order = await Visitors.OrderAsync(customer);

        await customer.Context.SetOfflineAsync(true);
        await customer.WaitForSelectorAsync("#offline:not([hidden])");
        await Visitors.ShootAsync(customer, "order-offline-en");
        using var refused = await keeper.PostAsJsonAsync(
            $"/api/orders/{order}/reject",
            new { reason = "too_busy" }
        );
        refused.EnsureSuccessStatusCode();
        await customer.Context.SetOfflineAsync(false);

        await customer.WaitForSelectorAsync("#offline", new() { State = WaitForSelectorState.Hidden });
        await customer.WaitForSelectorAsync(".steps li.bad");
    }

    [Fact]
    public async Task A_live_page_whose_module_is_away_says_so_and_catches_up_by_itself()
    {
        using var operators = await site.CallerAsync("operator");
        await using var visitors = new Visitors(site, "en", 1280, 800);
        var keeper = await visitors.AsAsync("store");
        await keeper.GotoAsync("/store");
        await PostAsync(operators, "/api/ops/modules/orders/pause");
        try
        {
            await keeper.EvaluateAsync("dispatchEvent(new Event('online'))");
            await keeper.WaitForSelectorAsync("#offline:not([hidden])");
        }
        finally
        {
            await PostAsync(operators, "/api/ops/modules/orders/resume");
        }
        await keeper.WaitForSelectorAsync("#offline", new() { State = WaitForSelectorState.Hidden });
    }

    private static async Task PostAsync(HttpClient operators, string path)
    {
        using var answer = await operators.PostAsync(path, null);
        answer.EnsureSuccessStatusCode();
    }
}
