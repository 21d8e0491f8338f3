using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Orders.Features;
using Platform.Testing;

namespace Orders.Tests;

/// <summary>The calls that tests make again and again, and how they read answers.</summary>
internal static class OrdersCalls
{
    public static async Task<HttpResponseMessage> PlaceAsync(
        this HttpClient customer,
        object body,
        string? idempotencyKey = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/orders")
        {
            Content = JsonContent.Create(body, options: ModuleHost.Json),
        };
        request.Headers.Add("Idempotency-Key", idempotencyKey ?? Guid.CreateVersion7().ToString());
        return await customer.SendAsync(request);
    }

    /// <summary>Places an order for soup.</summary>
    public static async Task<OrderView> OrderSoupAsync(
        this HttpClient customer,
        StoreView store,
        string token = "tok_approve"
    ) =>
        await (await customer.PlaceAsync(OrdersHost.Soup(store, token))).ShouldBeAsync<OrderView>(
            HttpStatusCode.Created
        );

    public static Task<HttpResponseMessage> AcceptAsync(this HttpClient keeper, Guid orderId) =>
        keeper.PostAsJsonAsync($"/api/orders/{orderId}/accept", new { preparationMinutes = 15 });

    public static Task<HttpResponseMessage> CancelAsync(
        this HttpClient caller,
        Guid orderId,
        string reason = "changed_mind"
    ) => caller.PostAsJsonAsync($"/api/orders/{orderId}/cancel", new { reason });

    public static Task<HttpResponseMessage> RejectAsync(this HttpClient keeper, Guid orderId) =>
        keeper.PostAsJsonAsync($"/api/orders/{orderId}/reject", new { reason = "too_busy" });

    public static Task<HttpResponseMessage> ReadyAsync(this HttpClient keeper, Guid orderId) =>
        keeper.PostAsync($"/api/orders/{orderId}/ready", null);

    public static async Task<OrderView> SeeAsync(this HttpClient caller, Guid orderId) =>
        await (await caller.GetAsync($"/api/orders/{orderId}")).ShouldBeAsync<OrderView>(HttpStatusCode.OK);

    public static async Task<T> ShouldBeAsync<T>(this HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        return JsonSerializer.Deserialize<T>(text, ModuleHost.Json)!;
    }

    public static async Task ShouldBeAsync(
        this HttpResponseMessage answer,
        HttpStatusCode status,
        string code
    )
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        using var problem = JsonDocument.Parse(text);
        problem.RootElement.GetProperty("code").GetString().ShouldBe(code);
    }
}
