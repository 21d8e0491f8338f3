using Platform.Domain;

namespace Platform.Tests.Domain;

public sealed class MoneyTests
{
    [Fact]
    public void Amounts_of_one_currency_add_up() =>
        (new Money(12_000, "KRW") + new Money(3_000, "KRW")).ShouldBe(new Money(15_000, "KRW"));

    [Fact]
    public void Amounts_of_different_currencies_do_not_mix() =>
        Should.Throw<InvalidOperationException>(() => new Money(1, "KRW") + new Money(1, "USD"));
}
