using System.Net.Http.Json;
using System.Text.Json;
using Platform.Testing;

namespace Web.Tests.Running;

/// <summary>What people of a story do by other means than the page under test: the demo accounts, over the API.</summary>
internal sealed class Deeds : IDisposable
{
    private const string Store = "/api" + Visitors.FirstStore;

    private Deeds(HttpClient customer, HttpClient keeper, HttpClient rider) =>
        (Customer, Keeper, Rider) = (customer, keeper, rider);

    public HttpClient Customer { get; }

    public HttpClient Keeper { get; }

    public HttpClient Rider { get; }

    public static async Task<Deeds> OfAsync(Site site) =>
        new(
            await site.CallerAsync("customer2"),
            await site.CallerAsync("store"),
            await site.CallerAsync("rider")
        );

    public async Task<Guid> PlaceAsync()
    {
        var menu = await Customer.GetFromJsonAsync<JsonElement>(Store);
        var dish = menu.GetProperty("menu")[0];
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/orders");
        request.Headers.Add("Idempotency-Key", $"{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}");
        request.Content = JsonContent.Create(
            new
            {
                storeId = Id(menu, "storeId"),
                items = new[]
                {
                    new
                    {
                        menuItemId = Id(dish, "menuItemId"),
                        quantity = 2,
                        optionIds = new[]
                        {
                            Id(dish.GetProperty("optionGroups")[0].GetProperty("options")[0], "optionId"),
                        },
                    },
                },
                address = new
                {
                    line = "12 Baekjegobun-ro",
                    latitude = 37.512,
                    longitude = 127.1,
                },
                paymentToken = "tok_approve",
            }
        );
        using var placed = await Customer.SendAsync(request);
        placed.EnsureSuccessStatusCode();
        return Id(await placed.Content.ReadFromJsonAsync<JsonElement>(), "orderId");
    }

    public Task CancelAsync(Guid order) =>
        PostAsync(Customer, $"/api/orders/{order}/cancel", new { reason = "changed_mind" });

    /// <summary>Has the rider carry an order: all that is left is the door.</summary>
    public async Task<Guid> CarryAsync(Guid order)
    {
        await PutAsync(Rider, "/api/riders/me/shift", new { online = true });
        await StandAsync(37.5138, 127.104);
        await AcceptAsync(order);
        JsonElement? offer = null;
        await Eventually.HoldsAsync(
            async () =>
            {
                var offers = await Rider.GetFromJsonAsync<JsonElement>("/api/riders/me/offers");
                offer = offers
                    .GetProperty("items")
                    .EnumerateArray()
                    .Select(one => (JsonElement?)one)
                    .FirstOrDefault(one => Id(one!.Value, "orderId") == order);
                return offer is not null;
            },
            "the rider is asked"
        );
        await PostAsync(Rider, $"/api/riders/me/offers/{Id(offer!.Value, "offerId")}/accept");
        await ReadyAsync(order);
        var delivery = Id(offer.Value, "deliveryId");
        await PostAsync(Rider, $"/api/deliveries/{delivery}/pick-up");
        return delivery;
    }

    /// <summary>The rider's device says that they are there.</summary>
    public Task StandAsync(double latitude, double longitude) =>
        PutAsync(Rider, "/api/riders/me/location", new { latitude, longitude });

    public Task AcceptAsync(Guid order) =>
        PostAsync(Keeper, $"/api/orders/{order}/accept", new { preparationMinutes = 10 });

    public Task ReadyAsync(Guid order) => PostAsync(Keeper, $"/api/orders/{order}/ready");

    public Task DeliverAsync(Guid delivery) => PostAsync(Rider, $"/api/deliveries/{delivery}/deliver");

    public async Task<Guid> DeliverAsync()
    {
        var order = await PlaceAsync();
        await DeliverAsync(await CarryAsync(order));
        return order;
    }

    /// <summary>Delivers an order and reviews it.</summary>
    public async Task ReviewAsync(int food, string text)
    {
        var order = await DeliverAsync();
        await Eventually.HoldsAsync(
            async () =>
            {
                using var written = await Customer.PostAsJsonAsync(
                    "/api/reviews",
                    new
                    {
                        orderId = order,
                        foodRating = food,
                        deliveryRating = 5,
                        text,
                    }
                );
                return written.IsSuccessStatusCode;
            },
            "the order can be reviewed"
        );
    }

    public void Dispose()
    {
        Customer.Dispose();
        Keeper.Dispose();
        Rider.Dispose();
    }

    private static Guid Id(JsonElement json, string member) => json.GetProperty(member).GetGuid();

    private static async Task PostAsync(HttpClient http, string path, object? body = null)
    {
        using var answer = await http.PostAsJsonAsync(path, body ?? new { });
        answer.EnsureSuccessStatusCode();
    }

    private static async Task PutAsync(HttpClient http, string path, object body)
    {
        using var answer = await http.PutAsJsonAsync(path, body);
        answer.EnsureSuccessStatusCode();
    }
}
