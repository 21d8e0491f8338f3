using Platform.Live;
using Platform.Streams;

namespace Platform.Tests.Streams;

public sealed class LiveInboxTests
{
    private int _dropped;

    [Fact]
    public void A_client_that_does_not_read_is_dropped_and_never_costs_more_than_its_inbox()
    {
        var inbox = NewInbox();
        for (var position = 1; position <= LiveInbox.Capacity; position++)
            inbox.Tell(Event(position));
        _dropped.ShouldBe(0);

        inbox.Tell(Event(LiveInbox.Capacity + 1));

        _dropped.ShouldBe(1);
    }

    [Fact]
    public void Heartbeats_drop_nobody()
    {
        var inbox = NewInbox();
        for (var beat = 0; beat < LiveInbox.Capacity * 2; beat++)
            inbox.Beat();
        _dropped.ShouldBe(0);
    }

    [Fact]
    public void However_often_it_is_woken_it_looks_once_and_then_again()
    {
        var inbox = NewInbox();
        for (var time = 0; time < 3; time++)
            inbox.Wake();
        inbox.TryTake(out _).ShouldBeTrue();
        inbox.TryTake(out _).ShouldBeFalse();

        inbox.Wake();
        inbox.TryTake(out _).ShouldBeTrue();
    }

    [Fact]
    public void A_topic_is_an_aggregate_or_what_a_payload_names()
    {
        var (key, store) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var happened = Event(1) with { Key = key, Payload = $$"""{"storeId":"{{store}}","n":1}""" };

        StreamTopic.Of(key).Includes(happened).ShouldBeTrue();
        StreamTopic.Of(store).Includes(happened).ShouldBeFalse();
        StreamTopic.With("storeId", store).Includes(happened).ShouldBeTrue();
        StreamTopic.With("storeId", key).Includes(happened).ShouldBeFalse();
        StreamTopic.With("n", store).Includes(happened).ShouldBeFalse();
        StreamTopic.With("missing", store).Includes(happened).ShouldBeFalse();
    }

    private LiveInbox NewInbox() => new(() => _dropped++);

    private static StreamEvent Event(long position) =>
        new(position, Guid.CreateVersion7(), "talk.word-said.v1", Guid.CreateVersion7(), "{}", default, null);
}
