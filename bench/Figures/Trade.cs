using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Figures;

/// <summary>A customer and a store who trade over HTTP.</summary>
internal sealed class Trade
{
    private const string Store = "0199c000-0000-7000-8000-000000000101";

    private readonly HttpClient _http;
    private readonly string _customer;
    private readonly string _store;
    private readonly object _basket;

    private Trade(HttpClient http, string customer, string store, object basket) =>
        (_http, _customer, _store, _basket) = (http, customer, store, basket);

    public static async Task<Trade> BeginAsync(HttpClient http)
    {
        var customer = SignInAsync(http, "customer");
        var store = SignInAsync(http, "store");
        var basket = FillAsync(http);
        return new Trade(http, await customer, await store, await basket);
    }

    /// <summary>The same two, who have signed in already, at another process of the same deployment.</summary>
    public Trade At(HttpClient http) => new(http, _customer, _store, _basket);

    /// <summary>Places an order.</summary>
    /// <returns>Its id.</returns>
    public async Task<Guid> PlaceAsync()
    {
        var placed = await SendAsync(HttpMethod.Post, "/api/orders", _customer, _basket);
        return placed.GetProperty("orderId").GetGuid();
    }

    public Task AcceptAsync(Guid order) =>
        SendAsync(HttpMethod.Post, $"/api/orders/{order}/accept", _store, new { preparationMinutes = 30 });

    public Task CancelAsync(Guid order) =>
        SendAsync(HttpMethod.Post, $"/api/orders/{order}/cancel", _store, new { reason = "out_of_gas" });

    /// <summary>Whether Riders shows the customer a delivery of the order.</summary>
    public async Task<bool> HasDeliveryAsync(Guid order)
    {
        using var request = Request(HttpMethod.Get, $"/api/deliveries/by-order/{order}", _customer);
        using var answer = await _http.SendAsync(request);
        return answer.StatusCode == HttpStatusCode.OK;
    }

    /// <summary>Opens the customer's event stream of an order.</summary>
    public async Task<Stream> FollowAsync(HttpClient http, Guid order)
    {
        using var request = Request(HttpMethod.Get, $"/api/orders/{order}/stream", _customer);
        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return answer.StatusCode == HttpStatusCode.OK
            ? await answer.Content.ReadAsStreamAsync()
            : throw new InvalidOperationException($"The stream was refused: {(int)answer.StatusCode}.");
    }

    /// <summary>The token of a demo account.</summary>
    public static async Task<string> SignInAsync(HttpClient http, string name)
    {
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["grant_type"] = "password",
                ["client_id"] = "monolith-cli",
                ["username"] = $"{name}@demo.local",
                ["password"] = "Demo-1234!",
            }
        );
        using var answer = await http.PostAsync("/connect/token", form);
        return (await ReadAsync(answer)).GetProperty("access_token").GetString()!;
    }

    /// <summary>Something of the first store's menu, with the options that it asks for.</summary>
    private static async Task<object> FillAsync(HttpClient http)
    {
        using var answer = await http.GetAsync($"/api/stores/{Store}");
        var item = (await ReadAsync(answer))
            .GetProperty("menu")
            .EnumerateArray()
            .First(item => item.GetProperty("available").GetBoolean());
        return new
        {
            storeId = Store,
            items = new[]
            {
                new
                {
                    menuItemId = item.GetProperty("menuItemId").GetGuid(),
                    quantity = 3,
                    optionIds = item.GetProperty("optionGroups")
                        .EnumerateArray()
                        .SelectMany(group =>
                            group
                                .GetProperty("options")
                                .EnumerateArray()
                                .Take(group.GetProperty("minimum").GetInt32())
                        )
                        .Select(option => option.GetProperty("optionId").GetGuid())
                        .ToList(),
                },
            },
            address = new
            {
                line = "12 Baekjegobun-ro, 101-1203",
                latitude = 37.512,
                longitude = 127.10,
            },
            paymentToken = "tok_approve",
        };
    }

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, string token, object body)
    {
        using var request = Request(method, path, token);
        request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        request.Content = JsonContent.Create(body);
        using var answer = await _http.SendAsync(request);
        return await ReadAsync(answer);
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, string token) =>
        new(method, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer) =>
        answer.IsSuccessStatusCode
            ? await answer.Content.ReadFromJsonAsync<JsonElement>()
            : throw new InvalidOperationException(
                $"{answer.RequestMessage!.RequestUri}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}"
            );
}
