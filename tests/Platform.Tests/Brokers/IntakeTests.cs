using Platform.Brokers;
using Platform.Streams;

namespace Platform.Tests.Brokers;

/// <summary>What is lost, doubled or out of turn on the way is told by the positions alone.</summary>
public sealed class IntakeTests
{
    private readonly Intake _intake = new(new StreamPlace(null, 10, null));
    private long _tag;

    [Fact]
    public void Events_that_follow_each_other_are_read_in_order()
    {
        Arrives(11, 10);
        Arrives(14, 11);

        _intake.Read(10, 100).Select(happened => happened.Position).ShouldBe([11, 14]);
        _intake.MissingUpTo.ShouldBeNull();
    }

    [Fact]
    public void One_that_was_handled_before_is_let_go()
    {
        Arrives(9, 8);
        Arrives(11, 10);
        Arrives(11, 10);

        _intake.Read(10, 100).Select(happened => happened.Position).ShouldBe([11]);
        _intake.Pass(10)!.Tag.ShouldBe(1);
        _intake.Pass(11)!.Tag.ShouldBe(3);
    }

    [Fact]
    public void Behind_a_loss_nothing_is_read_until_it_came_again()
    {
        Arrives(11, 10);
        Arrives(13, 12);
        _intake.MissingUpTo.ShouldBe(12);
        _intake.Read(10, 100).Count.ShouldBe(1);

        Arrives(12, 11);
        Arrives(13, 12);

        _intake.MissingUpTo.ShouldBeNull();
        _intake.Read(10, 100).Select(happened => happened.Position).ShouldBe([11, 12, 13]);
    }

    [Fact]
    public void A_loss_that_nothing_follows_is_told_by_the_head()
    {
        Arrives(11, 10);
        Hears(relayed: 11, head: 12);
        _intake.MissingUpTo.ShouldBeNull();

        Hears(relayed: 12, head: 12);

        _intake.MissingUpTo.ShouldBe(12);
        _intake.Head.ShouldBe(12);
    }

    [Fact]
    public void A_stream_that_ends_before_what_was_reported_is_rewound()
    {
        Hears(relayed: 4, head: 4, reported: 10);

        _intake.Difference.ShouldBe("it ends at 4, but 10 was handled before");
    }

    [Fact]
    public void Nothing_is_acknowledged_before_it_is_committed()
    {
        Arrives(11, 10);
        Arrives(12, 11);
        Hears(relayed: 12, head: 12);

        _intake.Pass(10).ShouldBeNull();
        _intake.Pass(11)!.Tag.ShouldBe(1);
        _intake.Pass(12)!.Tag.ShouldBe(3);
    }

    [Fact]
    public void A_message_that_nobody_can_place_is_let_go()
    {
        Accept(new BrokerMessage(new Dictionary<string, string>(), default));

        _intake.Pass(10)!.Tag.ShouldBe(1);
        _intake.MissingUpTo.ShouldBeNull();
    }

    private void Arrives(long position, long previous) =>
        Accept(
            new SequencedEvent(
                new StreamEvent(
                    position,
                    Guid.CreateVersion7(),
                    "talk.word-said.v1",
                    Guid.CreateVersion7(),
                    "{}",
                    DateTimeOffset.UnixEpoch,
                    null
                ),
                new StreamPlace(null, previous, null)
            ).ToMessage()
        );

    private void Hears(long relayed, long head, long reported = 0) =>
        Accept(new StreamHead(relayed, head, reported).ToMessage("talk", Guid.CreateVersion7()));

    private void Accept(BrokerMessage message) => _intake.Accept(new BrokerDelivery(message, ++_tag));
}
