using System.Text.Json.Nodes;

namespace System.Tests.Running;

/// <summary>
/// A store, its keeper, a customer and a rider at a place of their own, a hundred kilometres from any other
/// story's, so that stories share a host and never an offer.
/// </summary>
internal sealed class Story
{
    private static int _stories;

    private readonly JsonObject _basket;

    private Story(Api api, Guid storeId, JsonObject basket) =>
        (Api, StoreId, _basket) = (api, storeId, basket);

    public Api Api { get; }

    public Guid StoreId { get; }

    public required string Customer { get; init; }

    public required string Keeper { get; init; }

    public required string Rider { get; init; }

    /// <summary>The body of <c>POST /api/orders</c>.</summary>
    public JsonObject Basket => (JsonObject)_basket.DeepClone();

    private double Latitude => (double)_basket["address"]!["latitude"]!;

    private double Longitude => (double)_basket["address"]!["longitude"]!;

    /// <summary>Registers the store and starts the rider's shift.</summary>
    /// <param name="host">Where.</param>
    /// <param name="customer">Who orders; somebody new when nobody is named.</param>
    public static async Task<Story> BeginAsync(HostProcess host, Guid? customer = null)
    {
        var number = Interlocked.Increment(ref _stories);
        var (latitude, longitude) = ((number % 100) - 50, (number / 100) - 170);
        var registered = await OnceStartedAsync(() =>
            host.Api.PostAsync("/api/stores", host.Tokens.Operator(), Shop(latitude, longitude))
        );
        var storeId = registered.ShouldBe(201).Id("storeId");
        var story = new Story(host.Api, storeId, BasketOf(registered, latitude, longitude))
        {
            Customer = host.Tokens.Customer(customer ?? Tokens.NewId()),
            Keeper = host.Tokens.Keeper(storeId),
            Rider = host.Tokens.Rider(Tokens.NewId()),
        };
        (
            await OnceStartedAsync(() =>
                host.Api.PutAsync("/api/riders/me/shift", story.Rider, new { online = true })
            )
        ).ShouldBe(200);
        return story;
    }

    /// <summary>Asks again while the module is being made ready, which takes a busy machine longer than calls are held for.</summary>
    private static async Task<Answer> OnceStartedAsync(Func<Task<Answer>> ask)
    {
        Answer? answer = null;
        await Eventually.HoldsAsync(
            async () => (answer = await ask()).Code != "module_starting",
            "the module is ready"
        );
        return answer!;
    }

    /// <summary>The same people, at another process of the same data.</summary>
    public Story At(Api api) =>
        new(api, StoreId, _basket)
        {
            Customer = Customer,
            Keeper = Keeper,
            Rider = Rider,
        };

    public Task<Answer> TryPlaceAsync(string key) => Api.PostAsync("/api/orders", Customer, _basket, key);

    public async Task<Guid> PlaceAsync() =>
        (await TryPlaceAsync($"{Tokens.NewId()}")).ShouldBe(201).Id("orderId");

    public Task<Answer> TryAcceptAsync(Guid order) =>
        Api.PostAsync($"/api/orders/{order}/accept", Keeper, new { preparationMinutes = 10 });

    public Task<Answer> TryCancelAsync(Guid order) =>
        Api.PostAsync($"/api/orders/{order}/cancel", Customer, new { reason = "changed_mind" });

    public async Task AcceptAsync(Guid order)
    {
        await StandNearbyAsync();
        (await TryAcceptAsync(order)).ShouldBe(200);
    }

    /// <summary>Takes the offer of an accepted order, as soon as the rider has it.</summary>
    public async Task<Guid> TakeOfferAsync(Guid order)
    {
        JsonNode? offer = null;
        await Eventually.HoldsAsync(
            async () =>
            {
                await StandNearbyAsync();
                var offers = (await Api.GetAsync("/api/riders/me/offers", Rider)).ShouldBe(200);
                offer = offers.Json["items"]!
                    .AsArray()
                    .SingleOrDefault(one => (Guid)one!["orderId"]! == order);
                return offer is not null;
            },
            $"an offer of order {order}"
        );
        var taken = await Api.PostAsync($"/api/riders/me/offers/{(Guid)offer!["offerId"]!}/accept", Rider);
        return taken.ShouldBe(200).Id("deliveryId");
    }

    /// <summary>Brings a placed order to its customer.</summary>
    public async Task DeliverAsync(Guid order)
    {
        await AcceptAsync(order);
        var delivery = await TakeOfferAsync(order);
        (await Api.PostAsync($"/api/orders/{order}/ready", Keeper)).ShouldBe(200);
        (await Api.PostAsync($"/api/deliveries/{delivery}/pick-up", Rider)).ShouldBe(200);
        (await Api.PostAsync($"/api/deliveries/{delivery}/deliver", Rider)).ShouldBe(200);
        await Eventually.HoldsAsync(
            async () => await StatusAsync(order) == "Delivered",
            $"order {order} delivered"
        );
    }

    public async Task<Guid> DeliverOneAsync()
    {
        var order = await PlaceAsync();
        await DeliverAsync(order);
        return order;
    }

    public async Task<string> StatusAsync(Guid order) =>
        (string)(await Api.GetAsync($"/api/orders/{order}", Customer)).ShouldBe(200).Json["status"]!;

    public async Task<bool> MayReviewAsync(Guid order) =>
        (await Api.GetAsync("/api/reviews/eligible?limit=100", Customer)).Body.Contains(
            $"{order}",
            StringComparison.Ordinal
        );

    /// <summary>Reviews a delivered order, as soon as it may be.</summary>
    public async Task<Guid> ReviewAsync(Guid order, int rating)
    {
        await Eventually.HoldsAsync(() => MayReviewAsync(order), $"order {order} can be reviewed");
        var body = new
        {
            orderId = order,
            foodRating = rating,
            deliveryRating = rating,
            text = "As told.",
        };
        return (await Api.PostAsync("/api/reviews", Customer, body)).ShouldBe(201).Id("reviewId");
    }

    /// <summary>The store's rating as Orders shows it.</summary>
    public async Task<(double Average, int Count)> RatingAsync()
    {
        var rating = (await Api.GetAsync($"/api/stores/{StoreId}")).ShouldBe(200).Json["rating"]!;
        return ((double)rating["average"]!, (int)rating["count"]!);
    }

    public async Task StandNearbyAsync() =>
        (
            await Api.PutAsync(
                "/api/riders/me/location",
                Rider,
                new { latitude = Latitude, longitude = Longitude }
            )
        ).ShouldBe(204);

    private static JsonObject BasketOf(Answer registered, double latitude, double longitude) =>
        new()
        {
            ["storeId"] = registered.Id("storeId"),
            ["items"] = new JsonArray(
                new JsonObject
                {
                    ["menuItemId"] = registered.Json["menu"]![0]!["menuItemId"]!.DeepClone(),
                    ["quantity"] = 2,
                    ["optionIds"] = new JsonArray(),
                }
            ),
            ["address"] = new JsonObject
            {
                ["line"] = "1 Test-ro",
                ["latitude"] = latitude + 0.002,
                ["longitude"] = longitude + 0.002,
            },
            ["paymentToken"] = "tok_approve",
        };

    private static object Shop(double latitude, double longitude) =>
        new
        {
            name = "A store of a story",
            address = "1 Story-ro",
            latitude,
            longitude,
            currency = "KRW",
            minimum = 0,
            timeZone = "Asia/Seoul",
            hours = Enum.GetNames<DayOfWeek>()
                .Select(day => new
                {
                    day,
                    from = "00:00:00",
                    to = "00:00:00",
                }),
            delivery = new { radiusMetres = 3000, baseFee = 1000 },
            menu = new[] { new { name = "Soup", price = 9000 } },
        };
}
