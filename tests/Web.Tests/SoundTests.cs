using Microsoft.Playwright;
using Web.Tests.Running;

namespace Web.Tests;

/// <summary>A new order is heard in the kitchen, unless somebody does not want to.</summary>
[Collection(Site.Visited)]
public sealed class SoundTests(Site site)
{
    private const string Switch = "[data-sound-switch]";

    /// <summary>Listens in to whatever the page sends to the loudspeaker: what is heard, not what is meant.</summary>
    private const string Ear = """
        const connect = AudioNode.prototype.connect;
        let ear = null;
        window.loudest = 0;
        AudioNode.prototype.connect = function (to, ...rest) {
          if (to instanceof AudioDestinationNode && !ear) {
            ear = new AnalyserNode(this.context, { fftSize: 2048 });
            setInterval(() => {
              const heard = new Float32Array(ear.fftSize);
              ear.getFloatTimeDomainData(heard);
              window.loudest = Math.max(window.loudest, ...heard.map(Math.abs));
            }, 20);
          }
          if (to instanceof AudioDestinationNode) connect.call(this, ear);
          return connect.call(this, to, ...rest);
        };
        """;

    [Fact]
    public async Task A_new_order_rings_once_the_page_was_touched_and_not_when_switched_off()
    {
        using var deeds = await Deeds.OfAsync(site);
        await using var visitors = new Visitors(site, "en", 1280, 800);
        var keeper = await visitors.AsAsync("store");
        await keeper.AddInitScriptAsync(Ear);
        await keeper.GotoAsync("/store");
        // Chromium holds sound back from a page that nobody has touched, and the board says so.
        await keeper.WaitForSelectorAsync("[data-sound-held]:not([hidden])");
        await keeper.WaitForSelectorAsync($"{Switch}[aria-pressed=false]");
        await Visitors.LookAsync(keeper, "board-sound-held-en");

        await keeper.ClickAsync("h1");
        await keeper.WaitForSelectorAsync($"{Switch}[aria-pressed=true]");
        (await keeper.Locator("[data-sound-held]:not([hidden])").CountAsync()).ShouldBe(0);
        (await LoudestAsync(keeper)).ShouldBe(0, "nothing has happened yet");
        var first = await deeds.PlaceAsync();
        await keeper.WaitForFunctionAsync("() => window.loudest > 0.05");

        await keeper.ClickAsync(Switch);
        await keeper.ReloadAsync();
        await keeper.ClickAsync("h1");
        await keeper.WaitForSelectorAsync($"{Switch}[aria-pressed=false]");
        var second = await deeds.PlaceAsync();
        await keeper.WaitForSelectorAsync($"form[action='/store/orders/{second}/accept']");
        (await LoudestAsync(keeper)).ShouldBe(0, "it is off on this device, a reload later as well");

        await keeper.ClickAsync(Switch);
        await keeper.WaitForFunctionAsync("() => window.loudest > 0.05");
        await deeds.CancelAsync(first);
        await deeds.CancelAsync(second);
        visitors.Complaints.ShouldBeEmpty();
    }

    private static Task<double> LoudestAsync(IPage page) => page.EvaluateAsync<double>("window.loudest");
}
