using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;
using Platform.Testing;
using Web.Tests.Running;

namespace Web.Tests;

/// <summary>Where a rider is comes from their device, from a simulated ride, or from their own word.</summary>
[Collection(Site.Visited)]
public sealed class RiderPhoneTests(Site site)
{
    [Fact]
    public async Task The_device_says_where_the_rider_is_and_goes_on_saying_so_after_a_form_was_sent()
    {
        using var deeds = await Deeds.OfAsync(site);
        await using var visitors = new Visitors(site, "en", 390, 844);
        var rider = await OnShiftAsync(visitors);
        await rider.Context.GrantPermissionsAsync(["geolocation"]);
        await rider.Context.SetGeolocationAsync(new() { Latitude = 37.5201f, Longitude = 127.1101f });

        await rider.ClickAsync("a[href='/rider?where=device']");

        await IsSeenAtAsync(deeds, 37.5201, 127.1101);
        await rider.Context.SetGeolocationAsync(new() { Latitude = 37.5221f, Longitude = 127.1121f });
        await IsSeenAtAsync(deeds, 37.5221, 127.1121);
        await rider.GotoAsync("/rider");
        await rider.WaitForSelectorAsync("[data-mode=device]");
        await Visitors.LookAsync(rider, "rider-device-en");
        visitors.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_device_that_may_not_say_is_told_to_the_rider_who_has_the_ride_simulated()
    {
        using var deeds = await Deeds.OfAsync(site);
        await using var visitors = new Visitors(site, "ko", 390, 844);
        var rider = await OnShiftAsync(visitors);
        await rider.ClickAsync("a[href='/rider?where=device']");
        await rider.WaitForSelectorAsync("[data-unlocated]:not([hidden])");
        await Visitors.LookAsync(rider, "rider-unlocated-ko");

        await deeds.StandAsync(37.4859, 127.1225);
        await rider.ClickAsync("a[href='/rider?where=simulated']");
        var delivery = await deeds.CarryAsync(await deeds.PlaceAsync());

        // On the way from where Deeds has them stand to the door at 37.512, 127.1 the ride moves by itself.
        await Eventually.HoldsAsync(
            async () => (await SeenAsync(deeds)) is var (latitude, _) && latitude is < 37.5135 and > 37.5,
            "the simulated ride goes to the door"
        );
        await deeds.DeliverAsync(delivery);
        visitors.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_scripts_a_rider_says_where_they_are_and_brings_an_order()
    {
        using var deeds = await Deeds.OfAsync(site);
        await using var visitors = new Visitors(site, "en", 390, 844);
        var rider = await OnShiftAsync(visitors, scripts: false);
        await rider.SelectOptionAsync(
            "select[name=place]",
            new SelectOptionValue { Label = "Garak Market, Songpa-gu" }
        );
        await rider.ClickAsync("form[action='/rider/location'] button");
        await IsSeenAtAsync(deeds, 37.4925, 127.1183);
        await rider.ClickAsync("#by-numbers summary");
        await rider.FillAsync("input[name=latitude]", "37.5138");
        await rider.FillAsync("input[name=longitude]", "a lot");
        await rider.ClickAsync("form[action='/rider/location'] button");
        await rider.WaitForSelectorAsync("text=write both numbers in degrees");
        (await rider.InputValueAsync("input[name=latitude]")).ShouldBe("37.5138");
        (await rider.InputValueAsync("input[name=longitude]")).ShouldBe("a lot");
        await IsSeenAtAsync(deeds, 37.4925, 127.1183);
        await rider.FillAsync("input[name=longitude]", "127.104");
        await rider.ClickAsync("form[action='/rider/location'] button");
        await IsSeenAtAsync(deeds, 37.5138, 127.104);

        var order = await deeds.PlaceAsync();
        await deeds.AcceptAsync(order);
        await Eventually.HoldsAsync(
            async () =>
            {
                await rider.ClickAsync("form[action='/rider/location'] button");
                return await rider.Locator("form[action$='/accept'] button").CountAsync() == 1;
            },
            "the offer is on the page that answers"
        );
        await Visitors.ShootAsync(rider, "rider-without-scripts-en");
        await rider.ClickAsync("form[action$='/accept'] button");
        await deeds.ReadyAsync(order);
        await rider.ClickAsync("form[action$='/pick-up'] button");
        await rider.SelectOptionAsync(
            "select[name=place]",
            new SelectOptionValue { Label = "At the door: 12 Baekjegobun-ro" }
        );
        await rider.ClickAsync("form[action='/rider/location'] button");
        await IsSeenAtAsync(deeds, 37.512, 127.1);
        await rider.ClickAsync("form[action$='/deliver'] button");
        await rider.WaitForSelectorAsync("text=Waiting for an offer");
        // A refused form is answered with 400, of which a browser complains.
        visitors.Complaints.ShouldAllBe(complaint =>
            complaint.Contains("/rider/location", StringComparison.Ordinal)
            && complaint.Contains("400", StringComparison.Ordinal)
        );
    }

    private static async Task<IPage> OnShiftAsync(Visitors visitors, bool scripts = true)
    {
        var rider = await visitors.AsAsync("rider", scripts);
        await rider.GotoAsync("/rider");
        if (await rider.Locator("input[name=online][value=true]").CountAsync() == 1)
            await rider.ClickAsync("form[action='/rider/shift'] button");
        await rider.WaitForSelectorAsync(
            "input[name=online][value=false]",
            new() { State = WaitForSelectorState.Attached }
        );
        return rider;
    }

    private static Task IsSeenAtAsync(Deeds deeds, double latitude, double longitude) =>
        Eventually.HoldsAsync(
            async () =>
                await SeenAsync(deeds) is var (north, east)
                && Math.Abs(north - latitude) < 1e-4
                && Math.Abs(east - longitude) < 1e-4,
            "the rider is seen there"
        );

    private static async Task<(double Latitude, double Longitude)?> SeenAsync(Deeds deeds)
    {
        var me = await deeds.Rider.GetFromJsonAsync<JsonElement>("/api/riders/me");
        return me.GetProperty("location") is { ValueKind: JsonValueKind.Object } seen
            ? (seen.GetProperty("latitude").GetDouble(), seen.GetProperty("longitude").GetDouble())
            : null;
    }
}
