using System.Globalization;
using Platform.Domain;
using Platform.Pages;

namespace Platform.Tests.Domain;

/// <summary>Amounts are written and taken with the digits that their currency has.</summary>
[Trait("Fault", "M2")]
public sealed class CurrenciesTests
{
    [Theory]
    [InlineData("KRW", "1000", true)]
    [InlineData("KRW", "1000.5", false)]
    [InlineData("USD", "0.33", true)]
    [InlineData("USD", "0.333", false)]
    [InlineData("KWD", "0.125", true)]
    [InlineData("KWD", "0.0005", false)]
    public void An_amount_has_no_part_finer_than_its_currency(string currency, string amount, bool can) =>
        new Money(Parse(amount), currency).CanBePaid.ShouldBe(can);

    [Theory]
    [InlineData("KRW", "23000", "₩23,000", "1")]
    [InlineData("USD", "12.5", "$12.50", "0.01")]
    [InlineData("KWD", "1.125", "1.125 KWD", "0.001")]
    public void An_amount_is_written_with_all_its_digits(
        string currency,
        string amount,
        string written,
        string step
    )
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-US");

        Written.Amount(new Money(Parse(amount), currency)).ShouldBe(written);
        Written.Step(currency).ShouldBe(step);
    }

    private static decimal Parse(string amount) => decimal.Parse(amount, CultureInfo.InvariantCulture);

    [Fact]
    public void A_currency_that_there_is_not_is_not_known()
    {
        Currencies.Knows("KRW").ShouldBeTrue();
        Currencies.Knows("ZZZ").ShouldBeFalse();
        Currencies.Knows("krw").ShouldBeFalse();
    }
}
