using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orders.Contracts;
using Platform.Domain;
using Platform.Http;
using Platform.Testing;
using Riders.Contracts;
using Riders.Data;
using Riders.Features;
using Riders.Tests.Domain;

namespace Riders.Tests.Module;

/// <summary>
/// Riders alone in a process, with the orders' stream in the test's hands. Time stands still unless the test
/// moves it, and sweeps run when the test says so.
/// </summary>
internal sealed class RidersHost : IAsyncDisposable
{
    private static readonly Dictionary<string, string?> SweepsByHand = new()
    {
        ["Modules:Riders:SweepEvery"] = "10.00:00:00",
        ["Modules:Riders:SaveLocationsEvery"] = "10.00:00:00",
        ["Modules:Riders:ShareLocationsEvery"] = "10.00:00:00",
    };

    private readonly RidersHost? _first;
    private readonly TemporaryFolder _folder;
    private ModuleHost _host = null!;

    private RidersHost(TestEngine engine) =>
        (_folder, Orders) = (new TemporaryFolder(engine), new PlantedStream("orders"));

    private RidersHost(RidersHost first)
    {
        (_first, _folder, Clock) = (first, first._folder, first.Clock);
        (Orders, Customer) = (first.Orders, first.Customer);
    }

    public FakeTimeProvider Clock { get; } = new(Scene.Noon);
    public PlantedStream Orders { get; }
    public Guid Customer { get; } = Guid.CreateVersion7();
    public ModuleHost Host => _host;

    public static async Task<RidersHost> StartAsync(
        string environment = "Production",
        TimeProvider? clock = null,
        TestEngine? engine = null
    )
    {
        var host = new RidersHost(engine ?? TestEngines.Default);
        await host.StartProcessAsync(environment, clock);
        return host;
    }

    /// <summary>A second process on the same database.</summary>
    public async Task<RidersHost> StartReplicaAsync()
    {
        var replica = new RidersHost(this);
        await replica.StartProcessAsync();
        return replica;
    }

    /// <summary>Ends the process and starts another on the same database.</summary>
    public async Task RestartAsync()
    {
        await _host.DisposeAsync();
        await StartProcessAsync();
    }

    public HttpClient AsRider(Guid riderId) => _host.As(Roles.Rider, riderId);

    public HttpClient AsCustomer(Guid customerId) => _host.As(Roles.Customer, customerId);

    public HttpClient AsOperator() => _host.As(Roles.Operator, Guid.CreateVersion7());

    /// <summary>A rider on shift, this far north of the store.</summary>
    public async Task<(Guid Id, HttpClient Http)> OnlineRiderAsync(double metresNorth = 100)
    {
        var id = Guid.CreateVersion7();
        var http = AsRider(id);
        await http.PutAsync("/api/riders/me/shift", new { online = true });
        await ReportAsync(http, Scene.North(Scene.Store, metresNorth));
        return (id, http);
    }

    public static Task ReportAsync(HttpClient rider, GeoPoint place) =>
        rider.PutAsync(
            "/api/riders/me/location",
            new { latitude = place.Latitude, longitude = place.Longitude }
        );

    /// <summary>An order that the store accepted; returns when the module has heard of it and has searched.</summary>
    public async Task<Guid> AcceptedOrderAsync(int readyInMinutes = 10, Guid? orderId = null)
    {
        var order = Accepted(orderId ?? Guid.CreateVersion7(), readyInMinutes);
        await SayAsync(order.OrderId, order);
        await SweepAsync();
        return order.OrderId;
    }

    public OrderAccepted Accepted(Guid orderId, int readyInMinutes = 10) =>
        new(
            orderId,
            Guid.CreateVersion7(),
            Customer,
            "Bibimbap House",
            "1 Olympic-ro",
            new Place(Scene.Store.Latitude, Scene.Store.Longitude),
            "2 Garden-ro, door 4",
            new Place(Scene.Customer.Latitude, Scene.Customer.Longitude),
            "KRW",
            Clock.GetUtcNow().AddMinutes(readyInMinutes),
            Clock.GetUtcNow()
        );

    public async Task SayAsync(Guid key, object happened)
    {
        Orders.Say(key, happened, Clock.GetUtcNow());
        await _host.CaughtUpAsync();
    }

    public Task CancelAsync(Guid orderId) =>
        SayAsync(
            orderId,
            new OrderCancelled(
                orderId,
                Guid.CreateVersion7(),
                Customer,
                "changed_mind",
                "operator",
                Clock.GetUtcNow()
            )
        );

    /// <summary>Moves time and does what has become due.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        Clock.Advance(time);
        await SweepAsync();
    }

    public async Task SweepAsync()
    {
        await using var scope = _host.Services.CreateAsyncScope();
        var sweep = scope.ServiceProvider.GetRequiredService<AdvanceDeliveries>();
        await sweep.SweepAsync(CancellationToken.None);
    }

    public async Task KeepLocationsAsync()
    {
        await using var scope = _host.Services.CreateAsyncScope();
        var sweep = scope.ServiceProvider.GetRequiredService<KeepLocations>();
        await sweep.SweepAsync(CancellationToken.None);
    }

    public async Task ShareLocationsAsync()
    {
        await using var scope = _host.Services.CreateAsyncScope();
        var sweep = scope.ServiceProvider.GetRequiredService<ShareLocations>();
        await sweep.SweepAsync(CancellationToken.None);
    }

    public Task<IReadOnlyList<object>> SaidAsync() =>
        _host.SaidAsync<RidersDbContext>(typeof(DeliveryRequested));

    public Task<T> ReadAsync<T>(Func<RidersDbContext, Task<T>> read) => _host.ReadAsync(read);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        if (_first is null)
            _folder.Dispose();
    }

    /// <param name="environment">Demo data is seeded in Development.</param>
    /// <param name="clock">The real one, for a process that is left to itself; else the test's.</param>
    private async Task StartProcessAsync(string environment = "Production", TimeProvider? clock = null)
    {
        _host = await ModuleHost.StartAsync(
            _folder,
            [new RidersModule()],
            [Orders],
            clock ?? Clock,
            clock is null ? SweepsByHand : null,
            environment: environment
        );
        await KeepLocationsAsync();
    }
}

/// <summary>How a client reads the module's answers.</summary>
internal static class Calls
{
    public static Task<HttpResponseMessage> PutAsync(this HttpClient http, string path, object body) =>
        http.PutAsJsonAsync(path, body);

    public static Task<HttpResponseMessage> PostAsync(
        this HttpClient http,
        string path,
        object? body = null
    ) => body is null ? http.PostAsync(path, content: null) : http.PostAsJsonAsync(path, body);

    public static async Task<JsonElement> GetJsonAsync(this HttpClient http, string path) =>
        await (await http.GetAsync(path)).JsonAsync();

    public static async Task<JsonElement> JsonAsync(
        this HttpResponseMessage response,
        HttpStatusCode status = HttpStatusCode.OK
    )
    {
        var body = await response.Content.ReadAsStringAsync();
        response.StatusCode.ShouldBe(status, body);
        return JsonDocument.Parse(body).RootElement;
    }

    public static async Task ShouldBeRefusedAsync(
        this Task<HttpResponseMessage> call,
        HttpStatusCode status,
        string code
    )
    {
        var problem = await (await call).JsonAsync(status);
        problem.GetProperty("code").GetString().ShouldBe(code);
    }

    public static async Task ShouldBeAsync(this Task<HttpResponseMessage> call, HttpStatusCode status)
    {
        var response = await call;
        response.StatusCode.ShouldBe(status, await response.Content.ReadAsStringAsync());
    }

    public static Guid Id(this JsonElement json, string member) => json.GetProperty(member).GetGuid();

    public static string? Text(this JsonElement json, string member) => json.GetProperty(member).GetString();

    /// <summary>A value of an enum, however the process that answers spells its first letter.</summary>
    public static string Word(this JsonElement json, string member) =>
        JsonNamingPolicy.CamelCase.ConvertName(json.GetProperty(member).GetString()!);

    public static List<JsonElement> Items(this JsonElement json) =>
        [.. json.GetProperty("items").EnumerateArray()];

    /// <summary>The one offer that waits for the rider.</summary>
    public static async Task<JsonElement> OfferAsync(this HttpClient rider) =>
        (await rider.GetJsonAsync("/api/riders/me/offers")).Items().ShouldHaveSingleItem();

    public static async Task<bool> HasNoOfferAsync(this HttpClient rider) =>
        (await rider.GetJsonAsync("/api/riders/me/offers")).Items().Count == 0;

    public static Task<HttpResponseMessage> AnswerAsync(
        this HttpClient rider,
        JsonElement offer,
        string answer
    ) => rider.PostAsync($"/api/riders/me/offers/{offer.Id("offerId")}/{answer}");

    /// <summary>Takes the one offer that waits.</summary>
    /// <returns>The delivery's id.</returns>
    public static async Task<Guid> TakeAsync(this HttpClient rider) =>
        (await (await rider.AnswerAsync(await rider.OfferAsync(), "accept")).JsonAsync()).Id("deliveryId");

    public static Task<HttpResponseMessage> ActAsync(this HttpClient rider, Guid deliveryId, string act) =>
        rider.PostAsync($"/api/deliveries/{deliveryId}/{act}");
}
