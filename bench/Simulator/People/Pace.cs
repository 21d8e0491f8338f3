namespace Simulator.People;

/// <summary>How long people take for things.</summary>
internal sealed class Pace(double scale, TimeProvider clock)
{
    public TimeProvider Clock => clock;

    /// <summary>Thinking, cooking, riding: shorter or longer as the time scale says.</summary>
    public Task ThinkAsync(TimeSpan time, CancellationToken stop) => Task.Delay(time * scale, clock, stop);
}
