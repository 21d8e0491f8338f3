using Platform.Domain;
using Riders.Domain;
using static Riders.Tests.Domain.Scene;

namespace Riders.Tests.Domain;

/// <summary>Riders rule 9.</summary>
public sealed class PayTests
{
    [Fact]
    public void A_delivery_pays_a_base_and_its_distance() =>
        new PayRates().For(2_000, "KRW").ShouldBe(new Money(4_600, "KRW"));

    [Fact]
    public void Pay_is_rounded_to_what_the_currency_has()
    {
        new PayRates().For(1_234, "KRW").ShouldBe(new Money(3_987, "KRW"));
        new PayRates().For(1_234, "EUR").ShouldBe(new Money(3.99m, "EUR"));
    }

    [Theory]
    [Trait("Fault", "M2")]
    [InlineData("JPY", 0)]
    [InlineData("KWD", 2)]
    [InlineData("USD", 2)]
    public void Pay_is_never_finer_than_its_currency(string currency, int decimals)
    {
        var pay = new PayRates().For(1_234, currency);

        pay.CanBePaid.ShouldBeTrue();
        pay.Amount.Scale.ShouldBeLessThanOrEqualTo((byte)decimals);
    }

    [Fact]
    public void An_earning_belongs_to_the_riders_own_day()
    {
        var seoul = TimeZoneInfo.FindSystemTimeZoneById("Asia/Seoul");
        var delivery = Requested();
        var lateEvening = new DateTimeOffset(2026, 3, 2, 14, 59, 0, TimeSpan.Zero);
        Earning.For(delivery, NewId(), lateEvening, seoul).Day.ShouldBe(new DateOnly(2026, 3, 2));
        Earning
            .For(delivery, NewId(), lateEvening.AddMinutes(1), seoul)
            .Day.ShouldBe(new DateOnly(2026, 3, 3));
    }
}
