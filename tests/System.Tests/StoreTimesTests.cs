using System.Net;
using System.Tests.Running;

namespace System.Tests;

/// <summary>Pages tell a store's times as its own clocks show them, and say whose they are.</summary>
[Trait("Fault", "M0")]
public sealed class StoreTimesTests(SharedHost shared)
{
    [Theory]
    [InlineData("Asia%2FSeoul", false)]
    [InlineData("America%2FNew_York", true)]
    public async Task A_visitor_from_elsewhere_is_told_whose_times_they_are(string zone, bool isElsewhere)
    {
        var page = await PageAsync(await ClosedStoreAsync(), zone);

        page.ShouldMatch("(18:30|6:30 PM)");
        page.Contains("(Seoul time).", StringComparison.Ordinal).ShouldBe(isElsewhere);
        page.Contains("Times are those of Seoul.", StringComparison.Ordinal).ShouldBe(isElsewhere);
    }

    [Theory]
    [InlineData("..%2F..%2Fetc%2Fpasswd")]
    [InlineData("%00")]
    [InlineData("posixrules")]
    [InlineData("%zz")]
    public async Task A_cookie_that_names_no_zone_breaks_no_page(string zone) =>
        (await PageAsync(await ClosedStoreAsync(), zone)).ShouldContain("Opens late");

    /// <summary>It opens at half past six in the evening, three days from now.</summary>
    private async Task<Guid> ClosedStoreAsync()
    {
        var host = await shared.ProcessAsync();
        var seoul = TimeProvider.System.GetUtcNow().ToOffset(TimeSpan.FromHours(9));
        var registered = await host.Api.PostAsync(
            "/api/stores",
            host.Tokens.Operator(),
            new
            {
                name = "Opens late",
                address = "1 Test-ro",
                latitude = -70.5,
                longitude = -170.5,
                currency = "KRW",
                minimum = 0,
                timeZone = "Asia/Seoul",
                hours = new[]
                {
                    new
                    {
                        day = $"{seoul.AddDays(3).DayOfWeek}",
                        from = "18:30:00",
                        to = "23:00:00",
                    },
                },
                delivery = new { radiusMetres = 3000, baseFee = 1000 },
                menu = new[] { new { name = "Soup", price = 9000 } },
            }
        );
        return registered.ShouldBe(201).Id("storeId");
    }

    private async Task<string> PageAsync(Guid storeId, string zone)
    {
        var host = await shared.ProcessAsync();
        using var http = new HttpClient { BaseAddress = host.Api.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/stores/{storeId}");
        request.Headers.Add("Accept-Language", "en-US");
        request.Headers.TryAddWithoutValidation("Cookie", $"zone={zone}");
        using var answer = await http.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()).Replace('\u202f', ' ');
    }
}
