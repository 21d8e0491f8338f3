using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Platform.Telemetry;

namespace Platform.Tests.Hosting;

/// <summary>A disaster that everybody meets is told as one.</summary>
public sealed class IncidentLogTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Lines _lines = new();
    private readonly IncidentLog _incidents;

    public IncidentLogTests() => _incidents = new IncidentLog(_clock, _lines);

    [Fact]
    public void However_many_meet_it_it_is_told_in_one_line_without_a_trace()
    {
        for (var number = 0; number < 1000; number++)
            _incidents.Tell($"somebody {number}", FullDisk());

        var (line, exception) = _lines.ShouldHaveSingleItem();
        line.ShouldContain("somebody 0");
        line.ShouldContain("database or disk is full");
        exception.ShouldBeNull();
    }

    [Fact]
    public void While_it_lasts_it_is_told_once_an_interval_and_how_often_it_was_met()
    {
        for (var second = 0; second < 180; second++)
        {
            _incidents.Tell("a sweep", FullDisk());
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        _lines.Count.ShouldBe(3);
        _lines[2].Line.ShouldContain("60 times more");
    }

    [Fact]
    public void Another_cause_and_one_that_comes_back_are_told_at_once()
    {
        _incidents.Tell("a sweep", FullDisk());
        _incidents.Tell("a sweep", new InvalidOperationException("outer", new TimeoutException("no answer")));
        _lines.Count.ShouldBe(2);

        _clock.Advance(2 * IncidentLog.Interval + TimeSpan.FromSeconds(1));
        _incidents.Tell("a call", FullDisk());

        _lines[2].Line.ShouldStartWith("a call met");
    }

    [Fact]
    public void Causes_without_end_take_no_more_memory()
    {
        for (var number = 0; number < 1000; number++)
            _incidents.Tell("a call", $"cause {number}");

        _incidents.Tell("a call", "cause 999");

        _lines.Count.ShouldBe(1000, "the latest is known, the others were told when they were met");
    }

    private static InvalidOperationException FullDisk() =>
        new("An error occurred while saving.", new SqliteException("database or disk is full", 13));

    private sealed class Lines : List<(string Line, Exception? Exception)>, ILogger<IncidentLog>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => Add((formatter(state, exception), exception));
    }
}
