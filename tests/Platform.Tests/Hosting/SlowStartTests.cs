using Microsoft.Extensions.Time.Testing;
using Platform.Modules;

namespace Platform.Tests.Hosting;

/// <summary>A home that is new is given calls little by little.</summary>
public sealed class SlowStartTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void With_each_answer_one_more_is_passed_on_at_a_time()
    {
        var start = Begun();

        start.TryPass().ShouldBeTrue();
        start.TryPass().ShouldBeFalse("it has not answered the first");
        start.Answered();
        start.TryPass().ShouldBeTrue();
        start.TryPass().ShouldBeTrue();
        start.TryPass().ShouldBeFalse();
    }

    [Fact]
    public void One_that_has_answered_enough_gets_all()
    {
        var start = Begun();
        for (var call = 0; !start.IsOver; call++)
        {
            call.ShouldBeLessThan(100);
            start.TryPass().ShouldBeTrue();
            start.Answered();
        }

        for (var call = 0; call < 1_000; call++)
            start.TryPass().ShouldBeTrue();
    }

    [Fact]
    public void It_is_over_after_five_seconds_though_nobody_calls_or_nothing_is_answered()
    {
        var start = Begun();
        start.TryPass();
        _clock.Advance(TimeSpan.FromSeconds(4.9));
        start.IsOver.ShouldBeFalse();
        start.TryPass().ShouldBeFalse();

        _clock.Advance(TimeSpan.FromSeconds(0.1));

        start.IsOver.ShouldBeTrue();
        start.TryPass().ShouldBeTrue();
    }

    [Fact]
    public void Before_any_move_and_once_it_was_ended_all_are_passed_on()
    {
        var start = new SlowStart(_clock);
        start.IsOver.ShouldBeTrue();
        start.TryPass().ShouldBeTrue();
        start.Begin();
        start.End();

        start.IsOver.ShouldBeTrue();
    }

    private SlowStart Begun()
    {
        var start = new SlowStart(_clock);
        start.Begin();
        return start;
    }
}
