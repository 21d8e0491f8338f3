using Microsoft.Playwright;
using Platform.Testing;
using Web.Tests.Running;

namespace Web.Tests;

/// <summary>An operator watches without reloading, pulls the plug on Reviews and puts it back.</summary>
[Collection(Site.Visited)]
public sealed class ControlRoomTests(Site site)
{
    private const string FirstStore = "/stores/0199c000-0000-7000-8000-000000000101";
    private const string Orders = ".card[data-module=Orders]";
    private const string Reviews = ".card[data-module=Reviews]";

    /// <summary>One of each kind: of modules, of subscriptions, of the business.</summary>
    private static readonly string[] Lines =
    [
        "Orders-requests",
        "Riders-commands",
        "Reviews-wait",
        "Reviews-orders-lag",
        "monolith.orders.acceptance.ratio",
        "monolith.orders.time_to_door",
        "monolith.orders.open PickedUp",
        "monolith.riders.time_to_rider",
        "monolith.riders.open Requested",
        "monolith.reviews.food_rating",
        "monolith.reviews.delivery_rating",
    ];

    /// <summary>How many modules follow Orders.</summary>
    private const int Listeners = 2;

    [Fact]
    public async Task What_happens_shows_in_the_tiles_by_itself()
    {
        await using var visitors = new Visitors(site, "en", 1280, 800);
        var admin = await visitors.AsAsync("operator");
        await admin.GotoAsync("/ops");
        foreach (var figure in (string[])["orders", "riders", "reviews"])
            await admin.WaitForSelectorAsync($"[data-figure={figure}]");
        var before = await NumberAsync(admin, "[data-figure=orders]");

        await PlaceAsync(visitors);

        await admin.WaitForFunctionAsync(
            "before => Number(document.querySelector('[data-figure=orders]')?.textContent) > before",
            before
        );
        await AboveZeroAsync(admin, $"{Orders} [data-pace=requests]");
        await AboveZeroAsync(admin, $"{Orders} [data-pace=commands]");
        await Visitors.ShouldBeAccessibleAsync(admin);
        await Visitors.ShootAsync(admin, "control-room-en");
        visitors.Complaints.ShouldBeEmpty();
    }

    /// <summary>An open control room asks for nothing by the clock: it is told, and charts come with the telling.</summary>
    [Fact]
    public async Task An_open_room_is_told_of_each_change_and_of_nothing_but_charts_while_nothing_changes()
    {
        using var admin = await site.CallerAsync("operator");
        using var deeds = await Deeds.OfAsync(site);
        var last = "";
        await using (var room = await LiveClient.OpenAsync(admin, "/ops/stream"))
        {
            (await room.NextAsync()).Name.ShouldBe("charts");
            (await room.NextAsync()).Name.ShouldBe("figures");
            room.Raw.ShouldContain("retry: ", customMessage: "it says when to come back");
            last = await AtRestAsync(room);

            var order = await deeds.PlaceAsync();
            (await room.NextAsync("figures")).Id.ShouldNotBe(last, "an order was placed");
            await deeds.CancelAsync(order);
            last = await AtRestAsync(room);

            using var paused = await admin.PostAsync("/api/ops/modules/reviews/pause", null);
            (await room.NextAsync("figures")).Id.ShouldNotBe(last, "a module was paused");
            using var resumed = await admin.PostAsync("/api/ops/modules/reviews/resume", null);
            last = await AtRestAsync(room);
        }

        // Who comes back and has missed nothing is told so; what tests before left may still change in between.
        for (var missed = true; missed; )
        {
            await using var back = await LiveClient.OpenAsync(admin, "/ops/stream", last);
            var first = await back.NextAsync();
            first
                .Data.GetProperty("lines")
                .GetProperty("Orders-requests")
                .GetString()!
                .Split(' ')
                .Length.ShouldBe(60);
            missed = first.Id != last;
            (await back.NextAsync()).Name.ShouldBe(missed ? "figures" : "charts");
            last = first.Id!;
        }
    }

    [Fact]
    public async Task Everything_that_an_operator_watches_is_a_chart_over_time_that_the_stream_moves()
    {
        using var deeds = await Deeds.OfAsync(site);
        await deeds.ReviewAsync(4, "As it should be.");
        var order = await deeds.PlaceAsync();
        await using var visitors = new Visitors(site, "en", 1280, 800);
        var admin = await visitors.AsAsync("operator");
        await admin.GotoAsync("/ops");
        foreach (var figure in (string[])["orders", "riders", "reviews"])
            await admin.WaitForSelectorAsync($"[data-figure={figure}]");

        foreach (var line in Lines)
        {
            await admin.WaitForFunctionAsync(
                "line => document.querySelector(`[data-line='${line}']`)?.getAttribute('points')?.includes(' ')",
                line
            );
        }
        var all = await admin.Locator("svg.spark").CountAsync();
        (await admin.Locator("svg.spark polyline[points*=' ']").CountAsync()).ShouldBe(all);
        // What was asked for goes along to the left, a step every five seconds.
        const string asked = "[data-line='Orders-requests']";
        var before = await admin.GetAttributeAsync(asked, "points");
        var others = new[] { await deeds.PlaceAsync(), await deeds.PlaceAsync() };
        await admin.WaitForFunctionAsync(
            "([line, before]) => document.querySelector(line)?.getAttribute('points') !== before",
            new[] { asked, before }
        );
        await Visitors.LookAsync(admin, "control-room-charts-en");
        foreach (var one in (Guid[])[order, .. others])
            await deeds.CancelAsync(one);
        visitors.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Reviews_is_paused_and_resumed_while_orders_go_on()
    {
        await using var visitors = new Visitors(site, "en", 1280, 800);
        var admin = await visitors.AsAsync("operator");
        using var deeds = await Deeds.OfAsync(site);
        var order = Guid.Empty;
        await admin.GotoAsync("/ops");
        await admin.WaitForSelectorAsync("[data-figure=reviews]");

        await admin.ClickAsync($"{Reviews} form[action$='/pause'] button");
        try
        {
            await admin.WaitForSelectorAsync(".mud-alert:has-text('Reviews'):has-text('since')");
            await admin.WaitForSelectorAsync("text=Reviews is away; its figures come back with it.");
            await Visitors.ShootAsync(admin, "control-room-paused-en");
            order = await deeds.DeliverAsync();
        }
        finally
        {
            await admin.ClickAsync($"{Reviews} form[action$='/resume'] button");
        }

        await admin.WaitForSelectorAsync("[data-figure=reviews]");
        await admin.WaitForSelectorAsync(
            ".mud-alert:has-text('is not running')",
            new() { State = WaitForSelectorState.Detached }
        );
        visitors
            .Complaints.Where(complaint => !complaint.Contains("503", StringComparison.Ordinal))
            .ShouldBeEmpty();
        var customer = await visitors.AsAsync("customer2");
        await customer.GotoAsync($"/orders/{order}");
        await customer.WaitForSelectorAsync("form[action='/reviews']");
    }

    [Fact]
    public async Task A_dead_letter_is_read_replayed_and_discarded()
    {
        await using var visitors = new Visitors(site, "en", 1280, 800);
        var admin = await visitors.AsAsync("operator");
        var key = site.SayWhatNobodyCanRead();
        await admin.GotoAsync("/ops");
        await admin.WaitForSelectorAsync(".mud-alert:has-text('has dead letters')");

        await admin.GotoAsync("/ops/dead-letters");
        var letters = admin.Locator(".card[data-letter]", new() { HasText = key.ToString() });
        await Eventually.HoldsAsync(
            async () =>
            {
                await admin.ReloadAsync();
                return await letters.CountAsync() == Listeners;
            },
            "each listener has parked it"
        );
        await letters.First.Locator("summary").ClickAsync();
        (await letters.First.Locator("pre").TextContentAsync()).ShouldBe("{\"what\":\"nobody knows\"}");
        await Visitors.ShouldBeAccessibleAsync(admin);
        await Visitors.ShootAsync(admin, "dead-letter-en");
        await letters.First.Locator("form[action$='/replay'] button").ClickAsync();
        await admin.WaitForSelectorAsync(".card[data-letter]");
        (await letters.CountAsync()).ShouldBe(Listeners, "nobody can read it yet, so it stays");

        while (await letters.CountAsync() is > 0 and var left)
        {
            await letters.First.Locator("form[action$='/discard'] button").ClickAsync();
            await Assertions.Expect(letters).ToHaveCountAsync(left - 1, new() { Timeout = 60_000 });
        }
        visitors.Complaints.ShouldBeEmpty();
    }

    /// <summary>Reads on until points of the charts come alone, twice.</summary>
    private static async Task<string> AtRestAsync(LiveClient room)
    {
        var last = "";
        for (var alone = 0; alone < 2; )
        {
            var told = await room.NextAsync();
            // Figures come behind the charts of the same look: only charts that repeat its id say that nothing changed.
            alone = told.Name == "charts" && told.Id == last ? alone + 1 : 0;
            last = told.Id!;
        }
        return last;
    }

    private static async Task PlaceAsync(Visitors visitors)
    {
        var customer = await visitors.AsAsync("customer2");
        await customer.GotoAsync(FirstStore);
        await customer.ClickAsync("details.dish >> nth=0 >> summary");
        await customer.FillAsync("details.dish[open] input[name=quantity]", "2");
        await customer.ClickAsync("details.dish[open] button[type=submit]");
        await customer.GotoAsync("/orders/basket");
        await customer.ClickAsync("form[action='/orders/basket/place'] button[type=submit]");
        await customer.WaitForSelectorAsync("[data-status=Placed]");
    }

    private static async Task<double> NumberAsync(IPage page, string selector) =>
        double.Parse(
            (await page.TextContentAsync(selector))!,
            System.Globalization.CultureInfo.InvariantCulture
        );

    private static Task AboveZeroAsync(IPage page, string selector) =>
        page.WaitForFunctionAsync(
            "selector => Number(document.querySelector(selector)?.textContent) > 0",
            selector
        );
}
