using Orders.Domain;
using static Orders.Tests.Domain.Given;

namespace Orders.Tests.Domain;

/// <summary>Orders, rules 4 to 6: how an order ends without a meal, and what becomes of the money.</summary>
public sealed class OrderExitTests
{
    [Fact]
    public void A_rejected_order_gives_the_authorisation_back()
    {
        var order = Given.Order();

        order.Reject(Keeper, "too_busy", Noon).IsDone.ShouldBeTrue();

        ShouldGiveBack(order, OrderStatus.Rejected);
    }

    [Fact]
    public void An_accepted_order_cannot_be_rejected() =>
        AcceptedOrder().Reject(Keeper, "too_busy", Noon).Error?.Code.ShouldBe("order_already_accepted");

    [Fact]
    public void An_unanswered_order_expires_when_its_time_is_over()
    {
        var order = Given.Order();

        order.Expire(Noon + AnswerWithin).IsDone.ShouldBeTrue();

        ShouldGiveBack(order, OrderStatus.Expired);
        order.Timeline[^1].By.ShouldBe(Party.Platform);
    }

    [Fact]
    public void An_unanswered_order_does_not_expire_early() =>
        Given
            .Order()
            .Expire(Noon + AnswerWithin - TimeSpan.FromTicks(1))
            .Error?.Code.ShouldBe("order_not_due");

    [Fact]
    public void An_answered_order_does_not_expire() =>
        AcceptedOrder().Expire(Noon.AddHours(1)).Error?.Code.ShouldBe("order_already_accepted");

    [Fact]
    public void Its_customer_may_cancel_until_the_store_accepts()
    {
        var order = Given.Order();

        order.CancelByCustomer("changed_mind", Noon).IsDone.ShouldBeTrue();

        ShouldGiveBack(order, OrderStatus.Cancelled);
    }

    [Fact]
    public void Its_customer_may_not_cancel_once_the_store_has_accepted()
    {
        var order = AcceptedOrder();

        order.CancelByCustomer("changed_mind", Noon).Error?.Code.ShouldBe("order_already_accepted");

        order.Status.ShouldBe(OrderStatus.Accepted);
        order.Settlement.ShouldBeNull();
    }

    [Fact]
    public void A_store_that_cancels_after_accepting_refunds_in_full()
    {
        var order = AcceptedOrder();

        order.CancelByStore(Keeper, "out_of_stock", Noon).IsDone.ShouldBeTrue();

        ShouldGiveBack(order, OrderStatus.Cancelled);
        order.Timeline[^1].Fault.ShouldBe(Fault.Store);
    }

    [Theory]
    [InlineData(nameof(Fault.Platform), true)]
    [InlineData(nameof(Fault.Store), true)]
    [InlineData(nameof(Fault.Rider), true)]
    [InlineData(nameof(Fault.Customer), false)]
    public void An_operators_cancellation_refunds_by_fault(string fault, bool refunded)
    {
        var order = AcceptedOrder();

        order.CancelByOperator(Operator, "no_rider", Enum.Parse<Fault>(fault), Noon).IsDone.ShouldBeTrue();

        (order.Settlement is not null).ShouldBe(refunded);
    }

    [Fact]
    public void Nothing_is_kept_of_a_payment_that_was_never_captured()
    {
        var order = Given.Order();

        order.CancelByOperator(Operator, "customer_asked", Fault.Customer, Noon);

        ShouldGiveBack(order, OrderStatus.Cancelled);
    }

    [Fact]
    public void Nobody_cancels_what_a_rider_carries()
    {
        var order = PickedUpOrder();

        order.CancelByStore(Keeper, "other", Noon).Error?.Code.ShouldBe("order_already_picked_up");
        order
            .CancelByOperator(Operator, "other", Fault.Platform, Noon)
            .Error?.Code.ShouldBe("order_already_picked_up");
    }

    [Fact]
    public void A_declined_capture_cancels_the_order_in_the_platforms_name()
    {
        var order = Given.Order();

        order.CancelForFailedPayment(Noon).IsDone.ShouldBeTrue();

        ShouldGiveBack(order, OrderStatus.Cancelled);
        order.Timeline[^1].By.ShouldBe(Party.Platform);
        order.Timeline[^1].Reason.ShouldBe("payment_failed");
    }

    [Theory]
    [InlineData(nameof(Fault.Platform), true)]
    [InlineData(nameof(Fault.Store), true)]
    [InlineData(nameof(Fault.Rider), true)]
    [InlineData(nameof(Fault.Customer), false)]
    public void An_undeliverable_order_is_refunded_unless_its_customer_is_to_blame(
        string fault,
        bool refunded
    )
    {
        var order = PickedUpOrder();

        order.FollowFailure(Rider, "customer_absent", Enum.Parse<Fault>(fault), Noon.AddMinutes(40));

        order.Status.ShouldBe(OrderStatus.Undeliverable);
        order.Payment.ShouldBe(refunded ? PaymentStatus.Releasing : PaymentStatus.Captured);
        (order.Settlement is not null).ShouldBe(refunded);
    }

    [Fact]
    public void News_of_a_failure_after_the_end_changes_nothing()
    {
        var order = PickedUpOrder();
        order.FollowDelivery(Rider, Noon.AddMinutes(40));

        order.FollowFailure(Rider, "late_news", Fault.Rider, Noon.AddMinutes(41));

        order.Status.ShouldBe(OrderStatus.Delivered);
        order.Settlement.ShouldBeNull();
    }

    private static void ShouldGiveBack(Order order, OrderStatus status)
    {
        order.Status.ShouldBe(status);
        order.Payment.ShouldBe(PaymentStatus.Releasing);
        order.Settlement.ShouldNotBeNull().Reference.ShouldBe(order.PaymentReference);
    }
}
