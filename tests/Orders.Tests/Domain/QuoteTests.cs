using Orders.Domain;
using Platform.Domain;
using static Orders.Tests.Domain.Given;

namespace Orders.Tests.Domain;

/// <summary>Orders, rules 1 and 3: the server prices everything, and refuses with a reason.</summary>
public sealed class QuoteTests
{
    [Fact]
    public void A_line_costs_the_item_with_its_options_times_the_quantity()
    {
        var quote = Given.Quote([new Selection(Bibimbap, 2, [HotOption, BeefOption])]).Value;

        quote.Lines.Single().Total().ShouldBe(Won(25_000));
        quote.Subtotal.ShouldBe(Won(25_000));
    }

    [Fact]
    public void The_total_is_the_lines_and_the_delivery_fee()
    {
        var quote = Given.Quote([Soups(2), new Selection(Bibimbap, 1, [MildOption])]).Value;

        quote.Subtotal.ShouldBe(Won(21_000));
        quote.DeliveryFee.ShouldBe(Won(2_000));
        quote.Total.ShouldBe(Won(23_000));
    }

    [Theory]
    [InlineData(0.004, 2_000)]
    [InlineData(0.012, 2_500)]
    [InlineData(0.027, 3_500)]
    public void The_fee_grows_with_the_distance_in_bands(double degreesNorth, int fee) =>
        Given.Quote([Soups(3)], to: North(degreesNorth)).Value.DeliveryFee.ShouldBe(Won(fee));

    [Theory]
    [InlineData(8, 2_000)]
    [InlineData(9, 0)]
    public void Delivery_is_free_from_a_threshold_on(int soups, int fee) =>
        Given.Quote([Soups(soups)]).Value.DeliveryFee.ShouldBe(Won(fee));

    [Fact]
    public void A_line_keeps_the_names_and_prices_of_the_moment()
    {
        var line = Given.Quote([new Selection(Bibimbap, 2, [HotOption])]).Value.Lines.Single();

        line.Name.ShouldBe("Bibimbap");
        line.UnitPrice.ShouldBe(Won(9_000));
        line.Options.ShouldBe([new LineOption(HotOption, "Heat", "Hot", Won(500))]);
    }

    [Fact]
    public void A_closed_store_is_refused() =>
        Refusal([Soups(3)], Store(OpeningHours.EveryDay("Asia/Seoul", new(18, 0), new(22, 0))))
            .ShouldBe("store_closed");

    [Fact]
    public void A_paused_store_is_refused_until_it_resumes()
    {
        var store = Store();

        store.Pause();
        Refusal([Soups(3)], store).ShouldBe("store_paused");

        store.Resume();
        Refusal([Soups(3)], store).ShouldBeNull();
    }

    [Fact]
    public void A_sold_out_item_is_refused_until_it_is_back()
    {
        var menu = Menu();
        Selection[] basket = [Soups(2), new(SoldOutCake, 1, [])];

        Refusal(basket, menu: menu).ShouldBe("sold_out");

        menu.SetAvailability(SoldOutCake, available: true).IsDone.ShouldBeTrue();
        Refusal(basket, menu: menu).ShouldBeNull();
    }

    [Fact]
    public void An_item_that_is_not_on_the_menu_is_refused() =>
        Refusal([new Selection(Id(99), 3, [])]).ShouldBe("unknown_item");

    [Fact]
    public void An_option_of_another_item_is_refused() =>
        Refusal([new Selection(Soup, 3, [HotOption])]).ShouldBe("unknown_option");

    [Fact]
    public void A_group_with_too_few_choices_is_refused() =>
        Refusal([new Selection(Bibimbap, 2, [])]).ShouldBe("option_mismatch");

    [Fact]
    public void A_group_with_too_many_choices_is_refused() =>
        Refusal([new Selection(Bibimbap, 2, [MildOption, EggOption, BeefOption])])
            .ShouldBe("option_mismatch");

    [Fact]
    public void The_same_option_twice_is_refused() =>
        Refusal([new Selection(Bibimbap, 2, [HotOption, HotOption])]).ShouldBe("option_mismatch");

    [Theory]
    [InlineData(0.035, null)]
    [InlineData(0.037, "out_of_area")]
    public void An_address_beyond_the_delivery_area_is_refused(double degreesNorth, string? refusal) =>
        Refusal([Soups(3)], to: North(degreesNorth)).ShouldBe(refusal);

    [Theory]
    [InlineData(2, null)]
    [InlineData(1, "under_minimum")]
    public void A_basket_under_the_minimum_is_refused(int soups, string? refusal) =>
        Refusal([Soups(soups)]).ShouldBe(refusal);

    [Theory]
    [InlineData(5, null)]
    [InlineData(6, "too_many_lines")]
    public void A_basket_of_too_many_lines_is_refused(int lines, string? refusal) =>
        Refusal([.. Enumerable.Repeat(Soups(2), lines)]).ShouldBe(refusal);

    [Fact]
    public void A_basket_of_too_many_units_is_refused_however_many()
    {
        Refusal([Soups(20)]).ShouldBeNull();
        Refusal([Soups(21)]).ShouldBe("too_many_units");
        Refusal([Soups(int.MaxValue), Soups(int.MaxValue)]).ShouldBe("too_many_units");
    }

    private static GeoPoint North(double degrees) =>
        StorePlace with
        {
            Latitude = StorePlace.Latitude + degrees,
        };

    private static string? Refusal(
        IReadOnlyList<Selection> basket,
        Store? store = null,
        Menu? menu = null,
        GeoPoint? to = null
    ) => Given.Quote(basket, store, menu, to).Error?.Code;
}
