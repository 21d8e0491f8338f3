using Architecture.Tests.Rules;

namespace Architecture.Tests.Specs;

public sealed class EventSpecs
{
    [Fact]
    public void Events_that_can_change_or_cannot_travel_are_reported() =>
        Fixtures
            .BreachesOf<EventsAreImmutableRecords>()
            .Where(breach => breach.StartsWith("Vouchers.Contracts.VoucherSpent", StringComparison.Ordinal))
            .ShouldBe(
                [
                    "Vouchers.Contracts.VoucherSpent: is no sealed record.",
                    "Vouchers.Contracts.VoucherSpent: lets SpentBy be set after the fact; use init or none.",
                    "Vouchers.Contracts.VoucherSpent: has Notes of type List`1, which can change or does not travel.",
                    "Vouchers.Contracts.VoucherSpent: has SpentAt of type DateTime, which can change or does not travel.",
                    "Vouchers.Contracts.VoucherSpent: has field Count, which can change.",
                ],
                ignoreOrder: true
            );

    [Fact]
    public void Contracts_that_are_neither_event_nor_part_of_one_are_reported() =>
        Fixtures
            .PlacesOf<EventsAreImmutableRecords>()
            .Distinct(StringComparer.Ordinal)
            .ShouldBe([
                "Vouchers.Contracts.Leftover",
                "Vouchers.Contracts.VoucherMath",
                "Vouchers.Contracts.VoucherSpent",
            ]);

    [Fact]
    public void Aliases_that_are_misspelt_variable_or_taken_are_reported() =>
        Fixtures
            .BreachesOf<AliasesAreStable>()
            .ShouldBe([
                "Vouchers.Contracts.VoucherLapsed: has alias 'Vouchers.VoucherLapsed' instead of 'vouchers.<what-happened>.v<number>'.",
                "Vouchers.Contracts.VoucherMoved: has an Alias that is no constant text.",
                "Vouchers.Contracts.VoucherReissued: has the alias 'vouchers.voucher-issued.v1' of Vouchers.Contracts.VoucherIssued.",
            ]);

    [Theory]
    [InlineData("vouchers.voucher-burnt.v1", "is gone")]
    [InlineData("vouchers.voucher-issued.v1 Removed", "is gone")]
    [InlineData("vouchers.voucher-issued.v1 Amount", "is int instead of decimal")]
    public void A_change_that_breaks_listeners_asks_for_a_new_version(string place, string what) =>
        Fixtures
            .BreachesOf<EventsStayAsApproved>()
            .ShouldContain(
                $"{place}: {what}, which breaks its listeners; leave it as it was and publish a new version (…v2) beside it."
            );

    [Fact]
    public void An_addition_asks_to_be_approved_and_says_how() =>
        Fixtures
            .BreachesOf<EventsStayAsApproved>()
            .ShouldContain(
                "vouchers.voucher-issued.v1 Added: is new; if listeners can do without it, approve it by adding to "
                    + "Vouchers.Contracts/events.approved.txt the line '  Added: string' to vouchers.voucher-issued.v1."
            );

    [Fact]
    public void Nothing_but_what_differs_from_the_approved_shape_is_reported() =>
        Fixtures
            .PlacesOf<EventsStayAsApproved>()
            .ShouldBe([
                "vouchers.voucher-burnt.v1",
                "vouchers.voucher-issued.v1 Added",
                "vouchers.voucher-issued.v1 Amount",
                "vouchers.voucher-issued.v1 Removed",
                "vouchers.voucher-spent.v1",
            ]);

    [Fact]
    public void Subscriptions_declared_but_not_handled_and_handled_but_not_declared_are_reported() =>
        Fixtures
            .BreachesOf<SubscriptionsAreDeclared>()
            .ShouldBe(
                [
                    "Vouchers.Integration.TierReachedHandler: handles Loyalty.Contracts.TierReached, which VouchersModule does not declare.",
                    "Vouchers.Integration.TwofoldHandler: handles Loyalty.Contracts.TierLost, which VouchersModule does not declare.",
                    "Vouchers.Integration.TwofoldHandler: handles Loyalty.Contracts.TierReached, which VouchersModule does not declare.",
                    "Vouchers.Integration.UnseenHandler: handles Loyalty.Contracts.TierReached, which VouchersModule does not declare.",
                    "Vouchers.VouchersModule: declares Loyalty.Contracts.TierLost for Vouchers.Integration.TierReachedHandler, which does not handle it.",
                ],
                ignoreOrder: true
            );
}
