using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Orders.Tests.Features;

/// <summary>Whatever is sent, the answer is a 4xx that says what is wrong, and nothing is written.</summary>
[Collection(OrdersHost.Shared)]
public sealed class BadInputTests(OrdersHost host)
{
    private const string Address = """{"line":"Home","latitude":37.5150,"longitude":127.1060}""";

    public static TheoryData<string> Bodies =>
        [
            "",
            "null",
            "[]",
            "{",
            "{}",
            "\"text\"",
            $$"""{"storeId":"not-a-guid","items":[],"address":{{Address}},"paymentToken":"tok_approve"}""",
            Order("""[]"""),
            Order("""null"""),
            Order("""[null]"""),
            Order("""[{}]"""),
            Order("""{"menuItemId":1}"""),
            Order("""[{"menuItemId":"ITEM","quantity":0}]"""),
            Order("""[{"menuItemId":"ITEM","quantity":-3}]"""),
            Order("""[{"menuItemId":"ITEM","quantity":2.5}]"""),
            Order("""[{"menuItemId":"ITEM","quantity":"many"}]"""),
            Order("""[{"menuItemId":"ITEM","quantity":99999999999999999999}]"""),
            Order("""[{"menuItemId":"ITEM","quantity":3,"optionIds":["x"]}]"""),
            Order("""[{"menuItemId":"ITEM","quantity":3,"optionIds":[null]}]"""),
            Soup("null"),
            Soup("""{"line":"Home","latitude":91,"longitude":127}"""),
            Soup("""{"line":"Home","latitude":37.5,"longitude":-181}"""),
            Soup("""{"line":"Home","latitude":1e999,"longitude":127}"""),
            Soup("""{"line":"Home","latitude":"NaN","longitude":127}"""),
            Soup("""{"line":"Home"}"""),
            Soup("""{"line":"","latitude":37.5150,"longitude":127.1060}"""),
            Soup("""{"line":"a\u0000b","latitude":37.5150,"longitude":127.1060}"""),
            Soup($$"""{"line":"{{new string('x', 201)}}","latitude":37.5150,"longitude":127.1060}"""),
            Soup(Address, $"\"note\":\"{new string('x', 501)}\""),
            Soup(Address, "\"note\":\"\\ud800\""),
            Soup(Address, "\"note\":\"\\u0000\""),
            Soup(Address, "\"paymentToken\":null"),
            Soup(Address, "\"paymentToken\":\"\""),
            Soup(Address, $"\"paymentToken\":\"{new string('x', 201)}\""),
            Soup(Address, "\"paymentToken\":7"),
        ];

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_bad_order_is_a_bad_request(string body)
    {
        var store = await host.StoreAsync();
        var text = body.Replace("STORE", store.StoreId.ToString(), StringComparison.Ordinal)
            .Replace("ITEM", store.Menu[0].MenuItemId.ToString(), StringComparison.Ordinal);
        var customer = host.Customer();

        var placed = await PostAsync(customer, "/api/orders", text);

        placed.StatusCode.ShouldBe(HttpStatusCode.BadRequest, await placed.Content.ReadAsStringAsync());
        (
            await host.ReadAsync(database => database.Orders.AnyAsync(row => row.StoreId == store.StoreId))
        ).ShouldBeFalse();
    }

    [Theory]
    [InlineData("[{\"menuItemId\":\"ITEM\",\"quantity\":2147483647}]", "too_many_units")]
    [InlineData("[{\"menuItemId\":\"00000000-0000-0000-0000-000000000001\",\"quantity\":1}]", "unknown_item")]
    public async Task A_basket_that_cannot_be_filled_is_unprocessable(string items, string code)
    {
        var store = await host.StoreAsync();
        var body = Order(items)
            .Replace("STORE", store.StoreId.ToString(), StringComparison.Ordinal)
            .Replace("ITEM", store.Menu[0].MenuItemId.ToString(), StringComparison.Ordinal);

        var answer = await PostAsync(host.Customer(), "/api/orders/quotes", body);

        await answer.ShouldBeAsync(HttpStatusCode.UnprocessableEntity, code);
    }

    [Fact]
    public async Task Errors_name_their_fields_as_clients_spell_them()
    {
        var answer = await PostAsync(
            host.Customer(),
            "/api/orders/quotes",
            Order("""[{"menuItemId":"00000000-0000-0000-0000-000000000001","quantity":0}]""")
                .Replace("STORE", Guid.CreateVersion7().ToString(), StringComparison.Ordinal)
        );

        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        problem
            .RootElement.GetProperty("errors")
            .EnumerateObject()
            .Select(field => field.Name)
            .ShouldBe(["items[0].quantity"]);
    }

    [Fact]
    public async Task Another_media_type_is_not_supported()
    {
        using var content = new StringContent(
            "storeId=1",
            Encoding.UTF8,
            "application/x-www-form-urlencoded"
        );

        var answer = await host.Customer().PostAsync("/api/orders/quotes", content);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
    }

    [Theory]
    [InlineData("GET", "/api/orders/not-a-guid")]
    [InlineData("POST", "/api/orders/not-a-guid/accept")]
    [InlineData("GET", "/api/stores/not-a-guid")]
    public async Task An_id_that_is_none_is_not_found(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        var answer = await host.Operator().SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static string Order(string items) =>
        $$"""{"storeId":"STORE","items":{{items}},"address":{{Address}},"paymentToken":"tok_approve"}""";

    private static string Soup(string address, string more = "\"note\":null") =>
        $$"""{"storeId":"STORE","items":[{"menuItemId":"ITEM","quantity":3}],"address":{{address}},"paymentToken":"tok_approve",{{more}}}""";

    private static async Task<HttpResponseMessage> PostAsync(HttpClient caller, string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        return await caller.SendAsync(request);
    }
}
