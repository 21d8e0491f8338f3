using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Settings;
using Riders.Domain;

namespace Riders.Tests.Module;

/// <summary>Every number is configuration, and a senseless one stops the start.</summary>
public sealed class SettingsTests
{
    [Fact]
    public void Numbers_have_defaults() => Read([]).ShouldBe(new DeliveryRules());

    [Fact]
    public void Numbers_can_be_configured() =>
        Read([new("Modules:Riders:Dispatch:OfferLifetime", "00:01:00")])
            .OfferLifetime.ShouldBe(TimeSpan.FromMinutes(1));

    [Fact]
    public void Pay_can_be_configured_by_currency()
    {
        var rates = Services([new("Modules:Riders:Pay:ByCurrency:EUR:Base", "4.50")])
            .GetRequiredService<PayRates>();
        rates.For(0, "EUR").Amount.ShouldBe(5m);
        rates.For(0, "KRW").Amount.ShouldBe(3_000);
    }

    [Theory]
    [InlineData("Dispatch:OfferLifetime", "soon")]
    [InlineData("Dispatch:OfferLifetime", "00:00:00")]
    [InlineData("Dispatch:Rounds", "0")]
    [InlineData("Dispatch:MaximumLoad", "3")]
    [InlineData("TimeZone", "Nowhere/Atlantis")]
    public void A_senseless_value_stops_the_start_and_names_its_key(string key, string value) =>
        Should
            .Throw<SettingRefusedException>(() => Read([new($"Modules:Riders:{key}", value)]))
            .Message.ShouldContain($"Modules:Riders:{key}");

    private static DeliveryRules Read(KeyValuePair<string, string?>[] settings) =>
        Services(settings).GetRequiredService<DeliveryRules>();

    private static ServiceProvider Services(KeyValuePair<string, string?>[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection();
        new RidersModule().AddServices(services, configuration.GetSection("Modules:Riders"));
        return services.BuildServiceProvider();
    }
}
