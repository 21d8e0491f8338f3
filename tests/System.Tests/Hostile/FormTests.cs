using System.Net;
using System.Tests.Running;

namespace System.Tests.Hostile;

/// <summary>Forms that no page of ours sends are refused with their reason, and leave nothing behind.</summary>
[Trait("Fault", "A8")]
public sealed class FormTests(SharedPostgreSqlHost shared)
{
    private const string FirstStore = "0199c000-0000-7000-8000-000000000101";
    private const string Parts = "multipart/form-data; boundary=cut";

    [Theory]
    [InlineData(201)]
    [InlineData(5_000)]
    public async Task A_basket_with_too_long_a_key_is_refused_before_money_is_held(int length)
    {
        var host = await shared.ProcessAsync();
        using var customer = await Visitor.AsAsync(host, "customer");
        await FillBasketAsync(host, customer);
        var orders = await shared.OrdersAsync();
        var before = orders.Count("order");

        using var answer = await customer.SendAsync(
            "/orders/basket/place",
            ("key", new string('k', length)),
            ("payment", "tok_approve"),
            ("total", await TotalAsync(customer)),
            ("currency", "KRW")
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        orders.Count("order").ShouldBe(before);
        host.Output.ShouldNotContain("value too long");
    }

    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/register")]
    [InlineData("/preferences")]
    [InlineData("/stores/address")]
    [InlineData("/orders/basket")]
    [InlineData($"/stores/{FirstStore}/basket")]
    [InlineData("/orders/basket/place")]
    [InlineData("/reviews")]
    public async Task A_form_cut_short_is_refused_and_does_nothing(string path)
    {
        using var customer = await Visitor.AsAsync(await shared.ProcessAsync(), "customer");

        using var answer = await customer.SendAsync(
            path,
            "--cut\r\nContent-Disposition: form-data; name=\"line\"\r\n\r\n3",
            Parts
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_form_cut_short_does_not_end_a_shift()
    {
        var host = await shared.ProcessAsync();
        using var rider = await Visitor.AsAsync(host, "rider");

        using var cut = await rider.SendAsync("/rider/shift", "--cut\r\nContent-Disp", Parts);
        using var none = await rider.SendAsync("/rider/shift", "{}", "application/json");
        using var zero = await rider.SendAsync(
            "/rider/shift",
            "--cut\r\nContent-Disposition: form-data; name=\"online\"\r\n\r\n\0\r\n--cut--\r\n",
            Parts
        );

        cut.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        none.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        zero.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("/stores?q=김치", "/stores?q=%EA%B9%80%EC%B9%98")]
    [InlineData("/stores?q=a%20b", "/stores?q=a%20b")]
    [InlineData("/stores?q=a b", "/stores?q=a%20b")]
    public async Task A_way_back_is_told_in_characters_that_a_header_has(string back, string told)
    {
        using var visitor = new Visitor((await shared.ProcessAsync()).Api.Address);

        using var answer = await visitor.SendAsync(
            "/sign-in",
            ("email", "customer@demo.local"),
            ("password", "Demo-1234!"),
            ("back", back)
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        answer.Headers.GetValues("Location").ShouldBe([told]);
    }

    [Theory]
    [InlineData(257)]
    [InlineData(10_000)]
    public async Task An_address_for_mail_that_is_too_long_is_refused(int length)
    {
        using var visitor = new Visitor((await shared.ProcessAsync()).Api.Address);
        var email = new string('a', length - "@example.org".Length) + "@example.org";

        using var answer = await visitor.SendAsync(
            "/register",
            ("email", email),
            ("password", "A-long-password-1")
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    public async Task The_first_and_the_last_day_have_a_page_as_others_have(string day)
    {
        using var rider = await Visitor.AsAsync(await shared.ProcessAsync(), "rider");

        (await rider.SeeAsync($"/rider/earnings?date={day}")).ShouldContain(day);
    }

    [Theory]
    [InlineData("/connect/authorize?client_id=%00&response_type=code")]
    [InlineData("/api/orders?cursor=%00")]
    [InlineData("/reviews/mine?cursor=%00")]
    public async Task The_character_zero_is_refused_wherever_it_comes(string path)
    {
        using var customer = await Visitor.AsAsync(await shared.ProcessAsync(), "customer");

        var answer = await (await shared.ProcessAsync()).Api.GetAsync(path);

        answer.Status.ShouldBeInRange(400, 499);
    }

    [Fact]
    [Trait("Fault", "M4")]
    public async Task A_text_of_the_longest_length_may_have_line_breaks_in_every_form()
    {
        using var customer = await Visitor.AsAsync(await shared.ProcessAsync(), "customer");
        var text = string.Concat(Enumerable.Repeat("line\r\n", 199)) + "12345";
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Length.ShouldBe(1_000);

        using var longest = await ReviewAsync(customer, text);
        using var longer = await ReviewAsync(customer, text + "6");

        longest.StatusCode.ShouldBe(HttpStatusCode.SeeOther, "the order is not theirs, the text is fine");
        longer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    [Trait("Fault", "M4")]
    public async Task A_refused_review_comes_back_with_what_was_written()
    {
        using var customer = await Visitor.AsAsync(await shared.ProcessAsync(), "customer");
        var text = $"The soup was {new string('o', 1_000)} hot.";

        using var refused = await ReviewAsync(customer, text);

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync()).ShouldContain(text);
    }

    [Fact]
    [Trait("Fault", "M4")]
    public async Task A_refused_basket_comes_back_with_the_word_to_the_store_and_the_way_to_pay()
    {
        var host = await shared.ProcessAsync();
        using var customer = await Visitor.AsAsync(host, "customer");
        await FillBasketAsync(host, customer);

        using var refused = await PlaceAsync(
            customer,
            await TotalAsync(customer),
            ("payment", "tok_decline"),
            ("note", "Ring twice.")
        );

        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var page = await refused.Content.ReadAsStringAsync();
        page.ShouldContain("value=\"Ring twice.\"");
        page.ShouldContain("value=\"tok_decline\" checked");
        page.ShouldContain("role=\"alert\"");
    }

    [Fact]
    [Trait("Fault", "M1")]
    public async Task A_basket_that_costs_something_else_than_what_was_seen_is_not_ordered()
    {
        var host = await shared.ProcessAsync();
        using var customer = await Visitor.AsAsync(host, "customer");
        await FillBasketAsync(host, customer);

        using var refused = await PlaceAsync(customer, "1000", ("payment", "tok_approve"));

        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("Order for");
    }

    private static Task<HttpResponseMessage> PlaceAsync(
        Visitor customer,
        string total,
        params (string Name, string Value)[] more
    ) =>
        customer.SendAsync(
            "/orders/basket/place",
            [("key", $"{Tokens.NewId()}"), ("total", total), ("currency", "KRW"), .. more]
        );

    private static Task<HttpResponseMessage> ReviewAsync(Visitor customer, string text) =>
        customer.SendAsync(
            "/reviews",
            ("order", $"{Tokens.NewId()}"),
            ("food", "4"),
            ("delivery", "4"),
            ("text", text)
        );

    private static async Task FillBasketAsync(HostProcess host, Visitor customer)
    {
        var store = await host.Api.GetAsync($"/api/stores/{FirstStore}");
        var item = store.Json["menu"]![0]!;
        using var added = await customer.SendAsync(
            $"/stores/{FirstStore}/basket",
            [
                ("item", (string)item["menuItemId"]!),
                ("quantity", "20"),
                .. item["optionGroups"]!
                    .AsArray()
                    .Where(group => (int)group!["minimum"]! > 0)
                    .Select((group, place) => ($"group{place}", (string)group!["options"]![0]!["optionId"]!)),
            ]
        );
        added.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
    }

    /// <summary>What the basket's page says it costs.</summary>
    private static async Task<string> TotalAsync(Visitor customer)
    {
        var page = await customer.SeeAsync("/orders/basket");
        const string before = "name=\"total\" value=\"";
        var start = page.IndexOf(before, StringComparison.Ordinal) + before.Length;
        start.ShouldBeGreaterThan(before.Length, page);
        return page[start..page.IndexOf('"', start)];
    }
}
