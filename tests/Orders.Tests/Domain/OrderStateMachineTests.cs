using CsCheck;
using Orders.Domain;
using Platform.Domain;
using static Orders.Tests.Domain.Given;

namespace Orders.Tests.Domain;

/// <summary>
/// Orders, rule 4: whatever people, riders and the clock do, in whatever sequence, an order only ever takes
/// the steps that the rules allow. <see cref="Allowed"/> is the rule book, written apart from the aggregate.
/// </summary>
public sealed class OrderStateMachineTests
{
    private const int Many = 3_000;

    private static readonly OrderStatus[] Ends =
    [
        OrderStatus.Delivered,
        OrderStatus.Rejected,
        OrderStatus.Expired,
        OrderStatus.Cancelled,
        OrderStatus.Undeliverable,
    ];

    private static readonly Dictionary<(OrderStatus From, Step Step), OrderStatus> Allowed = new()
    {
        [(OrderStatus.Placed, Step.Accept)] = OrderStatus.Accepted,
        [(OrderStatus.Placed, Step.Reject)] = OrderStatus.Rejected,
        [(OrderStatus.Placed, Step.Expire)] = OrderStatus.Expired,
        [(OrderStatus.Placed, Step.CancelByCustomer)] = OrderStatus.Cancelled,
        [(OrderStatus.Placed, Step.CancelByStore)] = OrderStatus.Cancelled,
        [(OrderStatus.Placed, Step.CancelByOperator)] = OrderStatus.Cancelled,
        [(OrderStatus.Placed, Step.CaptureDeclined)] = OrderStatus.Cancelled,
        [(OrderStatus.Accepted, Step.Ready)] = OrderStatus.Ready,
        [(OrderStatus.Accepted, Step.CancelByStore)] = OrderStatus.Cancelled,
        [(OrderStatus.Accepted, Step.CancelByOperator)] = OrderStatus.Cancelled,
        [(OrderStatus.Accepted, Step.PickUp)] = OrderStatus.PickedUp,
        [(OrderStatus.Accepted, Step.Deliver)] = OrderStatus.Delivered,
        [(OrderStatus.Accepted, Step.Fail)] = OrderStatus.Undeliverable,
        [(OrderStatus.Ready, Step.CancelByStore)] = OrderStatus.Cancelled,
        [(OrderStatus.Ready, Step.CancelByOperator)] = OrderStatus.Cancelled,
        [(OrderStatus.Ready, Step.PickUp)] = OrderStatus.PickedUp,
        [(OrderStatus.Ready, Step.Deliver)] = OrderStatus.Delivered,
        [(OrderStatus.Ready, Step.Fail)] = OrderStatus.Undeliverable,
        [(OrderStatus.PickedUp, Step.Deliver)] = OrderStatus.Delivered,
        [(OrderStatus.PickedUp, Step.Fail)] = OrderStatus.Undeliverable,
    };

    private static readonly HashSet<(OrderStatus, OrderStatus)> Edges =
    [
        (OrderStatus.Placed, OrderStatus.Accepted),
        (OrderStatus.Accepted, OrderStatus.Ready),
        (OrderStatus.Ready, OrderStatus.PickedUp),
        (OrderStatus.PickedUp, OrderStatus.Delivered),
        (OrderStatus.Placed, OrderStatus.Rejected),
        (OrderStatus.Placed, OrderStatus.Expired),
        (OrderStatus.Placed, OrderStatus.Cancelled),
        (OrderStatus.Accepted, OrderStatus.Cancelled),
        (OrderStatus.Ready, OrderStatus.Cancelled),
        (OrderStatus.Accepted, OrderStatus.Undeliverable),
        (OrderStatus.Ready, OrderStatus.Undeliverable),
        (OrderStatus.PickedUp, OrderStatus.Undeliverable),
    ];

    private static readonly Gen<(Step Step, int Minutes, Fault Fault)[]> Histories = Gen.Select(
        Gen.Enum<Step>(),
        Gen.Frequency((4, Gen.Int[0, 3]), (1, Gen.Int[8, 12])),
        Gen.Enum<Fault>()
    ).Array[0, 14];

    private enum Step
    {
        Accept,
        Reject,
        Expire,
        CancelByCustomer,
        CancelByStore,
        CancelByOperator,
        CaptureDeclined,
        Ready,
        PickUp,
        Deliver,
        Fail,
    }

    [Fact]
    public void Every_step_leads_where_the_rules_say_and_a_refused_step_changes_nothing() =>
        Histories.Sample(
            history =>
            {
                var order = Given.Order();
                var now = Noon;
                foreach (var (step, minutes, fault) in history)
                {
                    now = now.AddMinutes(minutes);
                    var (before, timeline) = (order.Status, order.Timeline);
                    var expected = Expected(before, step, late: now >= Noon + AnswerWithin);

                    var done = Take(order, step, fault, now);

                    order.Status.ShouldBe(expected ?? before);
                    if (done is not null)
                        done.ShouldBe(expected is not null);
                    if (expected is null)
                        order.Timeline.ShouldBeSameAs(timeline);
                }
            },
            iter: Many
        );

    [Fact]
    public void The_timeline_is_a_walk_along_legal_edges_that_ends_where_the_order_stands() =>
        Histories.Sample(
            history =>
            {
                var statuses = Live(history).Timeline.Select(entry => entry.Status).ToList();

                statuses[0].ShouldBe(OrderStatus.Placed);
                statuses[^1].ShouldBe(Live(history).Status);
                foreach (var edge in statuses.Zip(statuses.Skip(1)))
                    Edges.ShouldContain(edge);
                statuses.SkipLast(1).ShouldNotContain(status => Ends.Contains(status));
            },
            iter: Many
        );

    [Fact]
    public void Money_goes_back_once_exactly_when_an_order_ends_and_may_not_keep_it() =>
        Histories.Sample(
            history =>
            {
                var order = Live(history);
                var last = order.Timeline[^1];
                var captured = order.Timeline.Any(entry => entry.Status == OrderStatus.Accepted);
                var failed = Ends.Contains(order.Status) && order.Status != OrderStatus.Delivered;
                var kept = captured && last.Fault == Fault.Customer;

                (order.Settlement is not null).ShouldBe(failed && !kept);
                order.Payment.ShouldBe(
                    order.Settlement is not null ? PaymentStatus.Releasing
                    : captured ? PaymentStatus.Captured
                    : PaymentStatus.Authorised
                );
            },
            iter: Many
        );

    [Fact]
    public void Only_an_unanswered_order_has_a_deadline() =>
        Histories.Sample(
            history =>
            {
                var order = Live(history);

                (order.AnswerBy is not null).ShouldBe(order.Status == OrderStatus.Placed);
            },
            iter: Many
        );

    private static OrderStatus? Expected(OrderStatus from, Step step, bool late)
    {
        var refusedByTheClock =
            from == OrderStatus.Placed
            && (late ? step is Step.Accept or Step.CaptureDeclined : step is Step.Expire);
        return !refusedByTheClock && Allowed.TryGetValue((from, step), out var to) ? to : null;
    }

    private static Order Live((Step Step, int Minutes, Fault Fault)[] history)
    {
        var order = Given.Order();
        var now = Noon;
        foreach (var (step, minutes, fault) in history)
        {
            now = now.AddMinutes(minutes);
            Take(order, step, fault, now);
        }
        return order;
    }

    /// <summary>Whether the step was done, or null for news from elsewhere, which is never refused.</summary>
    private static bool? Take(Order order, Step step, Fault fault, DateTimeOffset now)
    {
        switch (step)
        {
            case Step.PickUp:
                order.FollowPickUp(Rider, now);
                return null;
            case Step.Deliver:
                order.FollowDelivery(Rider, now);
                return null;
            case Step.Fail:
                order.FollowFailure(Rider, "test", fault, now);
                return null;
        }
        Result result = step switch
        {
            Step.Accept => order.Accept(Keeper, TimeSpan.FromMinutes(15), now),
            Step.Reject => order.Reject(Keeper, "test", now),
            Step.Expire => order.Expire(now),
            Step.CancelByCustomer => order.CancelByCustomer("test", now),
            Step.CancelByStore => order.CancelByStore(Keeper, "test", now),
            Step.CancelByOperator => order.CancelByOperator(Operator, "test", fault, now),
            Step.CaptureDeclined => order.CancelForFailedPayment(now),
            _ => order.MarkReady(Keeper, now),
        };
        return result.IsDone;
    }
}
