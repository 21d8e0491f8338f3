using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Platform.Http;

namespace Riders.Tests.Module;

/// <summary>What callers get who may not call, or whose input makes no sense. One process serves all of them.</summary>
public sealed class RefusalTests(RefusalTests.Process process) : IClassFixture<RefusalTests.Process>
{
    private RidersHost Host => process.Host;

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
        await Call(Host.Host.Anonymous()).ShouldBeAsync(HttpStatusCode.Unauthorized);
        await Call(Host.AsCustomer(Host.Customer)).ShouldBeAsync(HttpStatusCode.Forbidden);
        await Call(Host.Host.As(Roles.Store, Guid.CreateVersion7(), Guid.CreateVersion7()))
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
        await Host.AsOperator().GetAsync("/api/deliveries").ShouldBeAsync(HttpStatusCode.OK);
        await Host.AsCustomer(Host.Customer)
            .GetAsync("/api/deliveries")
            .ShouldBeAsync(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("""{"latitude": 91, "longitude": 127}""", "latitude")]
    [InlineData("""{"latitude": 37, "longitude": -180.5}""", "longitude")]
    [InlineData("""{"latitude": 37}""", "longitude")]
    [InlineData("""{"latitude": 1e300, "longitude": 1}""", "latitude")]
    public async Task A_location_off_the_map_is_refused_by_field(string body, string field)
    {
        var content = new StringContent(body, Encoding.UTF8, "application/json");
        var answer = await Host.AsRider(Guid.CreateVersion7()).PutAsync("/api/riders/me/location", content);
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
        var content = new StringContent(body, Encoding.UTF8, "application/json");
        await Host.AsRider(Guid.CreateVersion7())
            .PutAsync("/api/riders/me/shift", content)
            .ShouldBeAsync(HttpStatusCode.BadRequest);
        (await Host.ReadAsync(riders => riders.Riders.CountAsync())).ShouldBe(0);
    }

    [Theory]
    [InlineData("/api/riders/me/deliveries?cursor=nonsense", "invalid_cursor")]
    [InlineData("/api/riders/me/deliveries?limit=0", "invalid_limit")]
    [InlineData("/api/riders/me/deliveries?limit=101", "invalid_limit")]
    [InlineData("/api/riders/me/deliveries?status=lost", "invalid_status")]
    [InlineData("/api/riders/me/deliveries?status=7", "invalid_status")]
    public async Task A_list_that_cannot_be_asked_for_is_refused(string path, string code)
    {
        await Host.AsRider(Guid.CreateVersion7())
            .GetAsync(path)
            .ShouldBeRefusedAsync(HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task An_account_that_never_started_a_shift_is_an_offline_rider()
    {
        var me = await Host.AsRider(Guid.CreateVersion7()).GetJsonAsync("/api/riders/me");
        me.Word("state").ShouldBe("offline");
    }

    public sealed class Process : IAsyncLifetime
    {
        internal RidersHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Host = await RidersHost.StartAsync();

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
