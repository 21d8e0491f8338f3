using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orders.Contracts;
using Orders.Data;
using Orders.Domain;
using Orders.Features;
using Orders.Payments;
using Orders.Tests.Payments;
using Platform.Http;
using Platform.Modules;
using Platform.Testing;

namespace Orders.Tests;

/// <summary>
/// A process with nothing but Orders in it, at noon in Seoul on a Monday. Riders and Reviews are streams that the
/// test speaks on. Each test registers a store and a customer of its own, so that tests share a host in peace.
/// </summary>
public class OrdersHost : IAsyncLifetime
{
    /// <summary>Tests that share one process, one after the other.</summary>
    public const string Shared = "Orders over HTTP";

    private readonly TemporaryFolder _folder;
    private ModuleHost? _host;

    public OrdersHost()
        : this(TestEngines.Default) { }

    protected OrdersHost(TestEngine engine) => _folder = new TemporaryFolder(engine);

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 3, 0, 0, TimeSpan.Zero));

    public PlantedStream Riders { get; } = new("riders");

    public PlantedStream Reviews { get; } = new("reviews");

    internal TestPaymentGateway Gateway => Process.Services.GetRequiredService<TestPaymentGateway>();

    /// <summary>As another replica, with a stock of its own, would hand intentions out.</summary>
    internal Intentions AnotherReplica() => ActivatorUtilities.CreateInstance<Intentions>(Process.Services);

    /// <summary>What happens when the gateway has held money and before its answer is here: a power cut, say.</summary>
    internal Action? WhenHeld { get; set; }

    private ModuleHost Process => _host!;

    public async ValueTask InitializeAsync() =>
        _host = await ModuleHost.StartAsync(
            _folder,
            [new OrdersModule()],
            [Riders, Reviews],
            Clock,
            configure: builder =>
                builder
                    .Services.AddSingleton<TestPaymentGateway>()
                    .AddSingleton<IPaymentGateway>(services => new WatchedGateway(
                        services.GetRequiredService<TestPaymentGateway>(),
                        () => WhenHeld?.Invoke()
                    ))
        );

    /// <summary>Stops the process and starts another on the same data.</summary>
    public async Task RestartAsync()
    {
        await Process.DisposeAsync();
        await InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
        _folder.Dispose();
    }

    public HttpClient Anonymous() => Process.Anonymous();

    public HttpClient Customer(Guid? id = null) => Process.As(Roles.Customer, id ?? NewId());

    public HttpClient Keeper(Guid storeId) => Process.As(Roles.Store, NewId(), storeId);

    public HttpClient Rider() => Process.As(Roles.Rider, NewId());

    public HttpClient Operator() => Process.As(Roles.Operator, NewId());

    public Task CaughtUpAsync() => Process.CaughtUpAsync();

    /// <summary>A store of its own for one test: soup for 6,000 won, 12,000 at least, 2,000 for the way.</summary>
    internal async Task<StoreView> StoreAsync(Func<RegisterStore, RegisterStore>? but = null) =>
        await (await RegisterAsync(but)).ShouldBeAsync<StoreView>(HttpStatusCode.Created);

    internal Task<HttpResponseMessage> RegisterAsync(Func<RegisterStore, RegisterStore>? but = null)
    {
        var store = new RegisterStore(
            StoreId: null,
            "Bibim House",
            "Rice bowls",
            "12 Olympic-ro, Songpa-gu",
            37.5145,
            127.1059,
            "KRW",
            12_000,
            "Asia/Seoul",
            OpeningHours.AroundTheClock("Asia/Seoul").Week,
            new(4_000, 2_000, [new(1_000, 500)], 50_000),
            [
                new("Soups", "Seaweed soup", null, 6_000, null),
                new("Bowls", "Bibimbap", null, 9_000, [new("Heat", 1, 1, [new("Mild", 0), new("Hot", 500)])]),
            ]
        );
        return Operator().PostAsJsonAsync("/api/stores", but?.Invoke(store) ?? store, ModuleHost.Json);
    }

    internal static PlaceOrderBody Soup(StoreView store, string token = "tok_approve", int quantity = 3) =>
        new(
            store.StoreId,
            [new BasketItem(store.Menu[0].MenuItemId, quantity, null)],
            new BasketAddress("101-1203, 240 Olympic-ro", 37.5150, 127.1060),
            token,
            "No chopsticks, please"
        );

    /// <summary>Does what is due now, as the background job would.</summary>
    internal async Task SweepAsync<TSweep>()
        where TSweep : ISweep
    {
        await using var scope = Process.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TSweep>().SweepAsync(CancellationToken.None);
    }

    internal Task<T> ReadAsync<T>(Func<OrdersDbContext, Task<T>> read) => Process.ReadAsync(read);

    /// <summary>What was said on the module's stream of one order or store, in order.</summary>
    internal async Task<IReadOnlyList<object>> SaidOfAsync(Guid key) =>
        [
            .. (await Process.SaidAsync<OrdersDbContext>(typeof(OrderPlaced))).Where(happened =>
                JsonSerializer.Serialize(happened).Contains(key.ToString(), StringComparison.Ordinal)
            ),
        ];

    private static Guid NewId() => Guid.CreateVersion7();
}

/// <summary>The same process on PostgreSQL, whichever engine the other tests run on.</summary>
public sealed class OrdersHostOnPostgreSql() : OrdersHost(TestEngine.PostgreSql)
{
    public const string SharedOnPostgreSql = "Orders over HTTP on PostgreSQL";
}

[CollectionDefinition(OrdersHostOnPostgreSql.SharedOnPostgreSql)]
public sealed class SharedOrdersHostOnPostgreSql : ICollectionFixture<OrdersHostOnPostgreSql>;

[CollectionDefinition(OrdersHost.Shared)]
public sealed class SharedOrdersHost : ICollectionFixture<OrdersHost>;
