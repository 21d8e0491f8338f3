namespace Orders.Payments;

/// <summary>How many were asked for lately. Not for several threads at a time.</summary>
internal sealed class Demand(TimeProvider clock)
{
    private long _second;
    private int _before;
    private int _now;

    /// <summary>How many in the second before this one, or already in this one if that is more.</summary>
    public int InASecond
    {
        get
        {
            Turn();
            return Math.Max(_before, _now);
        }
    }

    public void Note(int asked)
    {
        Turn();
        _now += asked;
    }

    private void Turn()
    {
        var second = clock.GetTimestamp() / clock.TimestampFrequency;
        if (second == _second)
            return;
        (_before, _now) = (second == _second + 1 ? _now : 0, 0);
        _second = second;
    }
}
