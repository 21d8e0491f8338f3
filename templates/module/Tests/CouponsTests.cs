using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Coupons.Contracts;
using Coupons.Data;
using Orders.Contracts;
using Platform.Http;
using Platform.Testing;

namespace Coupons.Tests;

/// <summary>The module alone in a process, with a planted stream of Orders.</summary>
public sealed class CouponsTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly PlantedStream _orders = new("orders");
    private ModuleHost _host = null!;

    [Fact]
    public async Task What_an_operator_opens_anybody_can_see_and_it_is_said()
    {
        var opened = await OpenAsync("First");

        opened.GetProperty("name").GetString().ShouldBe("First");
        (await ShowAsync(opened)).GetProperty("ordersSince").GetInt32().ShouldBe(0);
        var said = await _host.SaidAsync<CouponsDbContext>(typeof(CouponOpened));
        said.OfType<CouponOpened>().Single().CouponId.ShouldBe(opened.GetProperty("couponId").GetGuid());
    }

    [Fact]
    public async Task It_has_a_name()
    {
        using var refused = await Operator().PostAsJsonAsync("/api/coupons", new { name = " " });

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_delivered_order_counts_once_however_often_it_is_told()
    {
        var opened = await OpenAsync("Second");
        var delivered = new OrderDelivered(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            opened.GetProperty("openedAt").GetDateTimeOffset().AddMinutes(1)
        );

        _orders.Say(delivered.OrderId, delivered);
        _orders.Say(delivered.OrderId, delivered);
        await _host.CaughtUpAsync();

        (await ShowAsync(opened)).GetProperty("ordersSince").GetInt32().ShouldBe(1);
    }

    public async ValueTask InitializeAsync() =>
        _host = await ModuleHost.StartAsync(_folder, [new CouponsModule()], [_orders]);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }

    private HttpClient Operator() => _host.As(Roles.Operator, Guid.CreateVersion7());

    private async Task<JsonElement> OpenAsync(string name)
    {
        using var opened = await Operator().PostAsJsonAsync("/api/coupons", new { name });
        opened.StatusCode.ShouldBe(HttpStatusCode.Created);
        return await opened.Content.ReadFromJsonAsync<JsonElement>();
    }

    private Task<JsonElement> ShowAsync(JsonElement coupon) =>
        _host
            .Anonymous()
            .GetFromJsonAsync<JsonElement>($"/api/coupons/{coupon.GetProperty("couponId").GetGuid()}");
}
