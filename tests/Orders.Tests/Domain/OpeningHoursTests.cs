using Orders.Domain;

namespace Orders.Tests.Domain;

public sealed class OpeningHoursTests
{
    private static readonly TimeOnly Eleven = new(11, 0);
    private static readonly TimeOnly Ten = new(22, 0);
    private static readonly TimeOnly Two = new(2, 0);

    [Theory]
    [InlineData("2026-03-02T11:00:00+09:00", true)]
    [InlineData("2026-03-02T21:59:59+09:00", true)]
    [InlineData("2026-03-02T10:59:59+09:00", false)]
    [InlineData("2026-03-02T22:00:00+09:00", false)]
    public void A_store_is_open_from_its_opening_up_to_its_closing(string at, bool open) =>
        OpeningHours.EveryDay("Asia/Seoul", Eleven, Ten).IncludeAt(Instant(at)).ShouldBe(open);

    [Theory]
    [InlineData("2026-03-02T12:00:00Z", true)]
    [InlineData("2026-03-02T13:30:00Z", false)]
    public void It_is_the_time_in_the_stores_own_zone_that_counts(string at, bool open) =>
        OpeningHours.EveryDay("Asia/Seoul", Eleven, Ten).IncludeAt(Instant(at)).ShouldBe(open);

    [Theory]
    [InlineData("2026-03-06T21:59:00+09:00", false)]
    [InlineData("2026-03-06T23:30:00+09:00", true)]
    [InlineData("2026-03-07T01:59:00+09:00", true)]
    [InlineData("2026-03-07T02:00:00+09:00", false)]
    [InlineData("2026-03-07T23:30:00+09:00", false)]
    public void Hours_over_midnight_belong_to_the_day_they_began_on(string at, bool open)
    {
        var fridayNight = new OpeningHours("Asia/Seoul", [new OpeningSpan(DayOfWeek.Friday, Ten, Two)]);

        fridayNight.IncludeAt(Instant(at)).ShouldBe(open);
    }

    [Theory]
    [InlineData("2026-03-07T23:00:00+09:00", true)]
    [InlineData("2026-03-08T01:00:00+09:00", true)]
    [InlineData("2026-03-08T23:00:00+09:00", false)]
    public void Saturday_night_ends_on_sunday(string at, bool open)
    {
        var saturdayNight = new OpeningHours("Asia/Seoul", [new OpeningSpan(DayOfWeek.Saturday, Ten, Two)]);

        saturdayNight.IncludeAt(Instant(at)).ShouldBe(open);
    }

    [Theory]
    [InlineData("2026-03-02T00:00:00+09:00")]
    [InlineData("2026-03-02T23:59:59+09:00")]
    [InlineData("2026-03-08T12:00:00+09:00")]
    public void Around_the_clock_has_no_gap(string at) =>
        OpeningHours.AroundTheClock("Asia/Seoul").IncludeAt(Instant(at)).ShouldBeTrue();

    [Theory]
    [InlineData("2026-03-28T09:30:00Z", false)]
    [InlineData("2026-03-29T09:30:00Z", true)]
    public void The_hours_on_the_door_stay_when_summer_time_begins(string at, bool open) =>
        OpeningHours.EveryDay("Europe/Berlin", Eleven, Ten).IncludeAt(Instant(at)).ShouldBe(open);

    [Fact]
    public void A_time_zone_that_does_not_exist_is_not_known()
    {
        OpeningHours.Knows("Asia/Seoul").ShouldBeTrue();
        OpeningHours.Knows("Asia/Atlantis").ShouldBeFalse();
    }

    [Theory]
    [InlineData("2026-03-02T09:00:00+09:00", "2026-03-02T11:00:00+09:00")]
    [InlineData("2026-03-02T22:30:00+09:00", "2026-03-03T11:00:00+09:00")]
    [InlineData("2026-03-02T12:00:00+09:00", "2026-03-03T11:00:00+09:00")]
    public void A_closed_store_says_when_it_opens_next(string at, string opens) =>
        OpeningHours.EveryDay("Asia/Seoul", Eleven, Ten).OpensAfter(Instant(at)).ShouldBe(Instant(opens));

    [Fact]
    public void A_store_that_opens_once_a_week_opens_again_in_a_week()
    {
        var mondays = new OpeningHours("Asia/Seoul", [new OpeningSpan(DayOfWeek.Monday, Eleven, Ten)]);

        mondays
            .OpensAfter(Instant("2026-03-02T23:00:00+09:00"))
            .ShouldBe(Instant("2026-03-09T11:00:00+09:00"));
    }

    [Fact]
    public void A_store_without_hours_never_opens() =>
        new OpeningHours("Asia/Seoul", []).OpensAfter(Instant("2026-03-02T23:00:00+09:00")).ShouldBeNull();

    [Theory]
    [Trait("Fault", "M0")]
    [InlineData("2026-10-24T23:29:59Z", false)]
    [InlineData("2026-10-24T23:30:00Z", true)]
    [InlineData("2026-10-25T00:15:00Z", true)]
    [InlineData("2026-10-25T01:10:00Z", true)]
    [InlineData("2026-10-25T05:59:59Z", true)]
    [InlineData("2026-10-25T06:00:00Z", false)]
    public void An_hour_that_comes_twice_opens_a_store_once(string at, bool open)
    {
        var early = OpeningHours.EveryDay("Europe/Berlin", new TimeOnly(1, 30), new TimeOnly(7, 0));

        early.IncludeAt(Instant(at)).ShouldBe(open);
    }

    [Theory]
    [Trait("Fault", "M0")]
    [InlineData("2026-10-25T00:29:59Z", true)]
    [InlineData("2026-10-25T00:30:00Z", false)]
    [InlineData("2026-10-25T01:15:00Z", false)]
    public void An_hour_that_comes_twice_closes_a_store_once(string at, bool open)
    {
        var late = OpeningHours.EveryDay("Europe/Berlin", Ten, new TimeOnly(2, 30));

        late.IncludeAt(Instant(at)).ShouldBe(open);
    }

    [Theory]
    [Trait("Fault", "M0")]
    [InlineData("2026-03-29T00:59:59Z", false)]
    [InlineData("2026-03-29T01:00:00Z", true)]
    public void A_time_that_the_clock_leaves_out_is_when_it_jumps(string at, bool open)
    {
        var early = OpeningHours.EveryDay("Europe/Berlin", new TimeOnly(2, 30), new TimeOnly(7, 0));

        early.IncludeAt(Instant(at)).ShouldBe(open);
    }

    [Theory]
    [Trait("Fault", "M0")]
    [InlineData("01:30", "2026-10-24T22:00:00Z", "2026-10-24T23:30:00Z")]
    [InlineData("02:30", "2026-10-24T22:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("02:30", "2026-10-25T00:45:00Z", null)]
    [InlineData("02:30", "2026-03-28T22:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("03:30", "2026-03-28T22:00:00Z", "2026-03-29T01:30:00Z")]
    public void When_it_opens_next_is_right_in_both_nights(string from, string at, string? opens)
    {
        var time = TimeOnly.Parse(from, System.Globalization.CultureInfo.InvariantCulture);
        var hours = new OpeningHours(
            "Europe/Berlin",
            [new OpeningSpan(DayOfWeek.Sunday, time, new TimeOnly(7, 0))]
        );

        var next = hours.OpensAfter(Instant(at));

        if (opens is not null)
            next.ShouldBe(Instant(opens));
        else
            next.ShouldNotBeNull().ShouldBeGreaterThan(Instant(at).AddDays(6));
    }

    [Fact]
    [Trait("Fault", "M0")]
    public void A_store_agrees_with_itself_on_when_it_opens_every_quarter_of_both_nights()
    {
        foreach (
            var zone in new[] { "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Beirut" }
        )
        {
            var hours = OpeningHours.EveryDay(zone, new TimeOnly(1, 30), new TimeOnly(2, 15));
            for (
                var at = Instant("2026-01-01T00:00:00Z");
                at < Instant("2027-01-01T00:00:00Z");
                at = at.AddMinutes(45)
            )
            {
                if (!hours.IncludeAt(at) && hours.OpensAfter(at) is { } next)
                    hours.IncludeAt(next).ShouldBeTrue($"{zone} at {at:O} says {next:O}");
            }
        }
    }

    [Theory]
    [Trait("Fault", "E8")]
    [InlineData("posixrules")]
    [InlineData("posix/Asia/Seoul")]
    [InlineData("right/Asia/Seoul")]
    [InlineData("Factory")]
    [InlineData("localtime")]
    [InlineData("../../etc/localtime")]
    [InlineData("Asia/../Asia/Seoul")]
    [InlineData("")]
    public void What_only_lies_beside_the_zones_is_none(string name) =>
        OpeningHours.Knows(name).ShouldBeFalse();

    [Fact]
    [Trait("Fault", "E8")]
    public void A_store_whose_zone_this_machine_does_not_know_is_closed()
    {
        var hours = OpeningHours.AroundTheClock("Asia/Atlantis");

        hours.IncludeAt(Instant("2026-03-02T12:00:00Z")).ShouldBeFalse();
        hours.OpensAfter(Instant("2026-03-02T12:00:00Z")).ShouldBeNull();
        Should.NotThrow(() => hours.DayBeganAt(Instant("2026-03-02T12:00:00Z")));
    }

    private static DateTimeOffset Instant(string text) =>
        DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
