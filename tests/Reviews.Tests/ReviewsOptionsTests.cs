using Microsoft.Extensions.Configuration;
using Platform.Settings;

namespace Reviews.Tests;

public sealed class ReviewsOptionsTests
{
    [Fact]
    public void Without_settings_the_rules_have_their_usual_numbers() =>
        Read([])
            .ShouldBe(
                new ReviewsOptions
                {
                    ReviewWindow = TimeSpan.FromDays(25),
                    EditWindow = TimeSpan.FromHours(24),
                    DisputeWindow = TimeSpan.FromDays(30),
                    DisputeSweepInterval = TimeSpan.FromMinutes(1),
                }
            );

    [Fact]
    public void A_setting_changes_its_number() =>
        Read(new() { ["ReviewWindow"] = "3.12:00:00" }).ReviewWindow.ShouldBe(TimeSpan.FromHours(84));

    [Theory]
    [InlineData("soon")]
    [InlineData("-1.00:00:00")]
    [InlineData("0")]
    public void A_senseless_setting_is_refused_by_name(string value) =>
        Should
            .Throw<SettingRefusedException>(() => Read(new() { ["EditWindow"] = value }))
            .Key.ShouldBe("Modules:Reviews:EditWindow");

    private static ReviewsOptions Read(Dictionary<string, string?> settings) =>
        ReviewsOptions.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
}
