using Orders.Domain;
using static Orders.Tests.Domain.Given;

namespace Orders.Tests.Domain;

public sealed class StoreTests
{
    [Fact]
    public void A_pause_closes_a_store_whatever_its_hours()
    {
        var store = Store();
        store.IsOpenAt(Noon).ShouldBeTrue();

        store.Pause().ShouldBeTrue();

        store.IsOpenAt(Noon).ShouldBeFalse();
    }

    [Fact]
    public void Pausing_a_paused_store_changes_nothing()
    {
        var store = Store();
        store.Pause();

        store.Pause().ShouldBeFalse();

        store.Revision.ShouldBe(1);
    }

    [Fact]
    public void Each_change_has_a_higher_revision()
    {
        var store = Store();

        store.Pause();
        store.Resume();

        store.Revision.ShouldBe(2);
    }

    [Fact]
    public void An_item_that_is_not_on_the_menu_cannot_be_sold_out() =>
        Menu().SetAvailability(Id(99), available: false).Error?.Code.ShouldBe("menu_item_not_found");

    [Fact]
    public void A_rating_follows_the_newest_figures()
    {
        var rating = StoreRating.Of(Id(100));

        rating.Become(4.0, 1, revision: 0);
        rating.Become(4.5, 2, revision: 1);

        (rating.Average, rating.Count).ShouldBe((4.5, 2));
    }

    [Fact]
    public void A_rating_ignores_late_and_repeated_figures()
    {
        var rating = StoreRating.Of(Id(100));
        rating.Become(4.5, 2, revision: 7);

        rating.Become(1.0, 1, revision: 6);
        rating.Become(1.0, 1, revision: 7);

        (rating.Average, rating.Count).ShouldBe((4.5, 2));
    }
}
