using System.ComponentModel.DataAnnotations;
using Platform.Streams;

namespace Platform.Tests.Streams;

/// <summary>Listeners that know all values of a member never meet another one.</summary>
public sealed class AllowedValuesTests
{
    [Theory]
    [InlineData("rain")]
    [InlineData("sun")]
    public void A_value_that_the_contract_names_may_be_said(string sky) =>
        EventType.Of(typeof(SkyChanged)).ThrowIfNotAllowed(new SkyChanged(sky));

    [Theory]
    [InlineData("frogs")]
    [InlineData("Rain")]
    [InlineData("")]
    public void Any_other_is_refused_where_it_is_said(string sky) =>
        Should
            .Throw<ArgumentException>(() =>
                EventType.Of(typeof(SkyChanged)).ThrowIfNotAllowed(new SkyChanged(sky))
            )
            .Message.ShouldStartWith(
                $"weather.sky-changed.v1 says '{sky}' for Sky, which is one of rain, sun."
            );

    private sealed record SkyChanged([AllowedValues("rain", "sun")] string Sky)
    {
        public const string Alias = "weather.sky-changed.v1";
    }
}
