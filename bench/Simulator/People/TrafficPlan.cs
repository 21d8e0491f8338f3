namespace Simulator.People;

/// <summary>How much traffic, and whose decisions.</summary>
internal sealed record TrafficPlan
{
    /// <summary>Decides every actor's decisions.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Whose ids: two simulations of one name would be the same people with the same keys, and place nothing the
    /// second time.
    /// </summary>
    public required string Run { get; init; }

    /// <summary>Customers who arrive each second.</summary>
    public double Rate { get; init; } = 5;

    /// <summary>After this many visits no more customers come; null when only the duration ends it.</summary>
    public int? Orders { get; init; }

    /// <summary>After this long no more customers come; null when only the number of orders ends it.</summary>
    public TimeSpan? Duration { get; init; }

    public int Customers { get; init; } = 200;

    public int Stores { get; init; } = 4;

    /// <summary>0 takes as many as the rate needs.</summary>
    public int Riders { get; init; }

    /// <summary>What the seconds of people's thinking are multiplied by.</summary>
    public double TimeScale { get; init; } = 1;

    /// <summary>How long people wait for an answer before they ask again.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long, after the last customer came, orders may take to reach their ends.</summary>
    public TimeSpan CloseWithin { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Two deliveries each, of some ten seconds, with room to spare.</summary>
    public int RidersOrEnough =>
        Riders > 0 ? Riders : Math.Max(6, (int)Math.Ceiling(Rate * 8 * TimeScale) + 2);
}
