using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Platform.Http;
using Platform.Modules;

namespace Riders.Tests.Module;

/// <summary>Who may call what, and what bad input gets.</summary>
public sealed class AccessTests
{
    [Theory]
    [InlineData("GET", "/api/riders/me")]
    [InlineData("GET", "/api/riders/me/offers")]
    [InlineData("GET", "/api/riders/me/deliveries")]
    [InlineData("GET", "/api/riders/me/earnings")]
    [InlineData("PUT", "/api/riders/me/shift")]
    [InlineData("PUT", "/api/riders/me/location")]
    [InlineData("POST", "/api/riders/me/offers/0199c000-0000-7000-8000-000000000001/accept")]
    [InlineData("POST", "/api/riders/me/offers/0199c000-0000-7000-8000-000000000001/decline")]
    [InlineData("POST", "/api/deliveries/0199c000-0000-7000-8000-000000000001/pick-up")]
    [InlineData("POST", "/api/deliveries/0199c000-0000-7000-8000-000000000001/deliver")]
    [InlineData("POST", "/api/deliveries/0199c000-0000-7000-8000-000000000001/give-up")]
    [InlineData("POST", "/api/deliveries/0199c000-0000-7000-8000-000000000001/fail")]
    public async Task Riders_calls_are_for_riders(string method, string path)
    {
        await using var host = await RidersHost.StartAsync();
        await Call(host.Host.Anonymous()).ShouldBeAsync(HttpStatusCode.Unauthorized);
        await Call(host.AsCustomer(host.Customer)).ShouldBeAsync(HttpStatusCode.Forbidden);
        await Call(host.Host.As(Roles.Store, Guid.CreateVersion7(), Guid.CreateVersion7()))
            .ShouldBeAsync(HttpStatusCode.Forbidden);

        Task<HttpResponseMessage> Call(HttpClient http) =>
            http.SendAsync(
                new HttpRequestMessage(new HttpMethod(method), path)
                {
                    Content =
                        method == "GET" ? null : new StringContent("{}", Encoding.UTF8, "application/json"),
                }
            );
    }

    [Fact]
    public async Task The_list_of_all_deliveries_is_for_operators()
    {
        await using var host = await RidersHost.StartAsync();
        await host.AsOperator().GetAsync("/api/deliveries").ShouldBeAsync(HttpStatusCode.OK);
        await host.AsCustomer(host.Customer)
            .GetAsync("/api/deliveries")
            .ShouldBeAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_delivery_is_seen_by_its_customer_its_rider_and_operators_only()
    {
        await using var host = await RidersHost.StartAsync();
        var (_, rider) = await host.OnlineRiderAsync();
        var orderId = await host.AcceptedOrderAsync();
        var path = $"/api/deliveries/by-order/{orderId}";
        await rider.GetAsync(path).ShouldBeRefusedAsync(HttpStatusCode.NotFound, "delivery_not_found");
        await rider.TakeAsync();

        await rider.GetAsync(path).ShouldBeAsync(HttpStatusCode.OK);
        var own = await host.AsCustomer(host.Customer).GetJsonAsync(path);
        own.GetProperty("search").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await host.AsOperator().GetJsonAsync(path))
            .GetProperty("search")
            .GetProperty("asked")
            .GetInt32()
            .ShouldBe(1);
        foreach (
            var stranger in new[]
            {
                host.AsCustomer(Guid.CreateVersion7()),
                host.AsRider(Guid.CreateVersion7()),
            }
        )
            await stranger.GetAsync(path).ShouldBeRefusedAsync(HttpStatusCode.NotFound, "delivery_not_found");
        await host.AsOperator()
            .GetAsync($"/api/deliveries/by-order/{Guid.CreateVersion7()}")
            .ShouldBeRefusedAsync(HttpStatusCode.NotFound, "delivery_not_found");
    }

    [Fact]
    public async Task Anothers_offers_and_deliveries_do_not_exist()
    {
        await using var host = await RidersHost.StartAsync();
        var (_, rider) = await host.OnlineRiderAsync();
        await host.AcceptedOrderAsync();
        var offer = await rider.OfferAsync();
        var stranger = host.AsRider(Guid.CreateVersion7());
        foreach (var answer in new[] { "accept", "decline" })
        {
            await stranger
                .AnswerAsync(offer, answer)
                .ShouldBeRefusedAsync(HttpStatusCode.NotFound, "offer_not_found");
        }
        var deliveryId = await rider.TakeAsync();
        foreach (var act in new[] { "pick-up", "deliver", "give-up" })
        {
            await stranger
                .ActAsync(deliveryId, act)
                .ShouldBeRefusedAsync(HttpStatusCode.NotFound, "delivery_not_found");
        }
        await stranger
            .PostAsync($"/api/deliveries/{deliveryId}/fail", new { reason = "lost" })
            .ShouldBeRefusedAsync(HttpStatusCode.NotFound, "delivery_not_found");
    }

    [Theory]
    [InlineData("""{"latitude": 91, "longitude": 127}""", "latitude")]
    [InlineData("""{"latitude": 37, "longitude": -180.5}""", "longitude")]
    [InlineData("""{"latitude": 37}""", "longitude")]
    [InlineData("""{"latitude": 1e300, "longitude": 1}""", "latitude")]
    public async Task A_location_off_the_map_is_refused_by_field(string body, string field)
    {
        await using var host = await RidersHost.StartAsync();
        var content = new StringContent(body, Encoding.UTF8, "application/json");
        var answer = await host.AsRider(Guid.CreateVersion7()).PutAsync("/api/riders/me/location", content);
        var problem = await answer.JsonAsync(HttpStatusCode.BadRequest);
        problem.Text("code").ShouldBe("validation_failed");
        problem.GetProperty("errors").EnumerateObject().ShouldHaveSingleItem().Name.ShouldBe(field);
    }

    [Theory]
    [InlineData("""{"online": "maybe"}""")]
    [InlineData("""{"online": """)]
    [InlineData("{}")]
    [InlineData("null")]
    public async Task A_shift_that_cannot_be_read_is_refused(string body)
    {
        await using var host = await RidersHost.StartAsync();
        var content = new StringContent(body, Encoding.UTF8, "application/json");
        await host.AsRider(Guid.CreateVersion7())
            .PutAsync("/api/riders/me/shift", content)
            .ShouldBeAsync(HttpStatusCode.BadRequest);
        (await host.ReadAsync(riders => riders.Riders.CountAsync())).ShouldBe(0);
    }

    [Theory]
    [InlineData("/api/riders/me/deliveries?cursor=nonsense", "invalid_cursor")]
    [InlineData("/api/riders/me/deliveries?limit=0", "invalid_limit")]
    [InlineData("/api/riders/me/deliveries?limit=101", "invalid_limit")]
    [InlineData("/api/riders/me/deliveries?status=lost", "invalid_status")]
    [InlineData("/api/riders/me/deliveries?status=7", "invalid_status")]
    public async Task A_list_that_cannot_be_asked_for_is_refused(string path, string code)
    {
        await using var host = await RidersHost.StartAsync();
        await host.AsRider(Guid.CreateVersion7())
            .GetAsync(path)
            .ShouldBeRefusedAsync(HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task Lists_are_paged_newest_first()
    {
        await using var host = await RidersHost.StartAsync();
        var orders = new List<Guid>();
        for (var order = 0; order < 5; order++)
        {
            orders.Add(await host.AcceptedOrderAsync());
            if (order % 2 == 0)
                host.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await host.AsOperator().GetJsonAsync($"/api/deliveries?limit=2&cursor={cursor}");
            seen.AddRange(page.Items().Select(delivery => delivery.Id("orderId")));
            cursor = page.Text("next");
        } while (cursor is not null);
        seen.Count.ShouldBe(5);
        seen.ShouldBe(orders, ignoreOrder: true);
        seen[0].ShouldBe(orders[4], "newest");
        seen[^1].ShouldBe(orders[0], "oldest");
    }

    [Fact]
    public async Task An_account_that_never_started_a_shift_is_an_offline_rider()
    {
        await using var host = await RidersHost.StartAsync();
        var me = await host.AsRider(Guid.CreateVersion7()).GetJsonAsync("/api/riders/me");
        me.Text("state").ShouldBe("offline");
    }

    [Fact]
    public async Task Development_has_twenty_riders_and_production_none()
    {
        await using var production = await RidersHost.StartAsync();
        (await production.ReadAsync(riders => riders.Riders.CountAsync())).ShouldBe(0);
        await using var development = await RidersHost.StartAsync("Development");
        (await development.ReadAsync(riders => riders.Riders.CountAsync())).ShouldBe(20);
        var demo = await development.AsRider(DemoIds.Rider).GetJsonAsync("/api/riders/me");
        demo.Text("name").ShouldBe("Kim Min-jun");
    }
}
