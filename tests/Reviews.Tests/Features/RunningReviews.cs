using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Orders.Contracts;
using Platform.Http;
using Platform.Testing;
using Reviews.Contracts;
using Reviews.Data;
using Reviews.Tests.Features;

[assembly: AssemblyFixture(typeof(RunningReviews))]

namespace Reviews.Tests.Features;

/// <summary>The Reviews module alone in a process, with a planted stream of Orders.</summary>
public sealed class RunningReviews : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly PlantedStream _orders = new("orders");
    private readonly FakeTimeProvider? _clock;
    private ModuleHost? _host;

    public RunningReviews() { }

    private RunningReviews(FakeTimeProvider clock) => _clock = clock;

    public ModuleHost Host => _host!;

    private TimeProvider Clock => _clock ?? TimeProvider.System;

    /// <summary>A process of its own whose clock the test moves.</summary>
    public static async Task<RunningReviews> WithClockAsync(FakeTimeProvider clock)
    {
        var running = new RunningReviews(clock);
        await running.InitializeAsync();
        return running;
    }

    public async ValueTask InitializeAsync() =>
        _host = await ModuleHost.StartAsync(_folder, [new ReviewsModule()], [_orders], _clock);

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    public static Guid NewId() => Guid.CreateVersion7();

    public HttpClient Customer(Guid id) => Host.As(Roles.Customer, id);

    public HttpClient Store(Guid storeId) => Host.As(Roles.Store, NewId(), storeId);

    public HttpClient Rider(Guid id) => Host.As(Roles.Rider, id);

    public HttpClient Operator() => Host.As(Roles.Operator, NewId());

    /// <summary>Orders says that an order was delivered, and Reviews has heard it.</summary>
    internal async Task<DeliveredOrder> DeliverAsync(
        Guid? storeId = null,
        Guid? riderId = null,
        Guid? customerId = null,
        TimeSpan ago = default
    )
    {
        var order = new DeliveredOrder(
            NewId(),
            storeId ?? NewId(),
            customerId ?? NewId(),
            riderId ?? NewId(),
            Clock.GetUtcNow() - ago
        );
        await HearAsync(order.ToEvent());
        return order;
    }

    internal async Task HearAsync(OrderDelivered happened)
    {
        _orders.Say(happened.OrderId, happened);
        await Host.CaughtUpAsync();
    }

    internal async Task HearAsync(OrderUndeliverable happened)
    {
        _orders.Say(happened.OrderId, happened);
        await Host.CaughtUpAsync();
    }

    /// <summary>The customer of a newly delivered order reviews it.</summary>
    internal async Task<WrittenReview> PublishAsync(
        int food = 5,
        int delivery = 4,
        string text = "Still hot.",
        Guid? storeId = null,
        Guid? riderId = null
    )
    {
        var order = await DeliverAsync(storeId, riderId);
        var response = await Customer(order.CustomerId)
            .PostAsJsonAsync(
                "/api/reviews",
                new
                {
                    order.OrderId,
                    foodRating = food,
                    deliveryRating = delivery,
                    text,
                }
            );
        response.StatusCode.ShouldBe(System.Net.HttpStatusCode.Created);
        var review = await response.Content.ReadFromJsonAsync<JsonElement>();
        return new WrittenReview(review.GetProperty("reviewId").GetGuid(), order);
    }

    /// <summary>What was said of a review and of its store's rating, in order.</summary>
    internal async Task<IReadOnlyList<object>> SaidOfAsync(WrittenReview review)
    {
        var said = await Host.SaidAsync<ReviewsDbContext>(typeof(ReviewPublished));
        return
        [
            .. said.Where(happened =>
                happened switch
                {
                    ReviewPublished published => published.ReviewId == review.Id,
                    ReviewHidden hidden => hidden.ReviewId == review.Id,
                    ReviewRemoved removed => removed.ReviewId == review.Id,
                    StoreRatingChanged changed => changed.StoreId == review.Order.StoreId,
                    _ => false,
                }
            ),
        ];
    }
}

internal sealed record DeliveredOrder(
    Guid OrderId,
    Guid StoreId,
    Guid CustomerId,
    Guid RiderId,
    DateTimeOffset DeliveredAt
)
{
    public OrderDelivered ToEvent() => new(OrderId, StoreId, CustomerId, RiderId, DeliveredAt);
}

internal sealed record WrittenReview(Guid Id, DeliveredOrder Order)
{
    public string Path => $"/api/reviews/{Id}";
}
