using Orders.Domain;
using static Orders.Tests.Domain.Given;

namespace Orders.Tests.Domain;

/// <summary>Orders, rules 1, 4, 7 and 8: what an order keeps, its answer by the store, and its way.</summary>
public sealed class OrderTests
{
    [Fact]
    public void A_later_change_of_the_menu_never_alters_an_order()
    {
        var menu = Menu();
        var quote = Given.Quote([Soups(3)], menu: menu).Value;
        var order = Given.Order();

        menu.SetAvailability(Soup, available: false);

        order.Lines.Single().Name.ShouldBe("Seaweed soup");
        order.Total.ShouldBe(quote.Total);
    }

    [Fact]
    public void A_placed_order_waits_ten_minutes_for_the_store()
    {
        var order = Given.Order();

        order.Status.ShouldBe(OrderStatus.Placed);
        order.AnswerBy.ShouldBe(Noon.AddMinutes(10));
        order.Timeline.Single().By.ShouldBe(Party.Customer);
    }

    [Fact]
    public void Accepting_says_when_the_food_will_be_ready()
    {
        var order = Given.Order();

        order.Accept(Keeper, TimeSpan.FromMinutes(15), Noon.AddMinutes(1)).IsDone.ShouldBeTrue();

        order.Status.ShouldBe(OrderStatus.Accepted);
        order.ReadyAt.ShouldBe(Noon.AddMinutes(16));
        order.Payment.ShouldBe(PaymentStatus.Captured);
        order.AnswerBy.ShouldBeNull();
    }

    [Fact]
    public void Of_two_accepts_the_second_is_a_conflict() =>
        AcceptedOrder()
            .Accept(Keeper, TimeSpan.FromMinutes(5), Noon)
            .Error?.Code.ShouldBe("order_already_accepted");

    [Fact]
    public void Accepting_after_the_deadline_is_a_conflict_even_before_the_order_has_expired() =>
        Given
            .Order()
            .Accept(Keeper, TimeSpan.FromMinutes(5), Noon + AnswerWithin)
            .Error?.Code.ShouldBe("order_expired");

    [Fact]
    public void Ready_comes_after_accepted()
    {
        Given.Order().MarkReady(Keeper, Noon).Error?.Code.ShouldBe("order_not_accepted");
        AcceptedOrder().MarkReady(Keeper, Noon).IsDone.ShouldBeTrue();
    }

    [Fact]
    public void Ready_twice_is_a_conflict()
    {
        var order = AcceptedOrder();
        order.MarkReady(Keeper, Noon);

        order.MarkReady(Keeper, Noon).Error?.Code.ShouldBe("order_already_ready");
    }

    [Fact]
    public void A_pick_up_before_the_store_said_ready_means_that_it_was_ready()
    {
        var order = AcceptedOrder();

        order.FollowPickUp(Rider, Noon.AddMinutes(9));

        order
            .Timeline.Select(entry => entry.Status)
            .ShouldBe([OrderStatus.Placed, OrderStatus.Accepted, OrderStatus.Ready, OrderStatus.PickedUp]);
        order.RiderId.ShouldBe(Rider);
    }

    [Fact]
    public void A_repeated_pick_up_changes_nothing()
    {
        var order = PickedUpOrder();
        var before = order.Timeline;

        order.FollowPickUp(Id(77), Noon.AddMinutes(30));

        order.Timeline.ShouldBeSameAs(before);
        order.RiderId.ShouldBe(Rider);
    }

    [Fact]
    public void A_pick_up_of_a_cancelled_order_changes_nothing()
    {
        var order = AcceptedOrder();
        order.CancelByStore(Keeper, "out_of_stock", Noon);

        order.FollowPickUp(Rider, Noon.AddMinutes(1));

        order.Status.ShouldBe(OrderStatus.Cancelled);
        order.RiderId.ShouldBeNull();
    }

    [Fact]
    public void A_delivery_completes_the_order_once()
    {
        var order = PickedUpOrder();

        order.FollowDelivery(Rider, Noon.AddMinutes(40));
        order.FollowDelivery(Rider, Noon.AddMinutes(41));

        order.Status.ShouldBe(OrderStatus.Delivered);
        order.Timeline.Count(entry => entry.Status == OrderStatus.Delivered).ShouldBe(1);
    }

    [Fact]
    public void The_timeline_keeps_who_when_and_why()
    {
        var order = Given.Order();

        order.Reject(Keeper, "too_busy", Noon.AddMinutes(2));

        order
            .Timeline[^1]
            .ShouldBe(
                new TimelineEntry(
                    OrderStatus.Rejected,
                    Noon.AddMinutes(2),
                    Party.Store,
                    Keeper,
                    "too_busy",
                    Fault.Store
                )
            );
    }

    [Fact]
    public void News_are_told_once()
    {
        var order = AcceptedOrder();

        order.TakeNews().Select(entry => entry.Status).ShouldBe([OrderStatus.Placed, OrderStatus.Accepted]);
        order.TakeNews().ShouldBeEmpty();
    }
}
