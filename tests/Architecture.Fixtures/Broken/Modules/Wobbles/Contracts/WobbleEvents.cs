namespace Wobbles.Contracts;

public sealed record WobbleIssued(Guid WobbleId, int Amount, string Added)
{
    public const string Alias = "wobbles.wobble-issued.v1";
}

public record WobbleSpent(Guid WobbleId)
{
    public const string Alias = "wobbles.wobble-spent.v1";

    public int Count;

    public Guid SpentBy { get; set; }

    public List<string>? Notes { get; init; }

    public DateTime SpentAt { get; init; }
}

public sealed record WobbleLapsed(Guid WobbleId)
{
    public const string Alias = "Wobbles.WobbleLapsed";
}

public sealed record WobbleMoved(Guid WobbleId)
{
    public static readonly string Alias = "wobbles.wobble-moved.v1";
}

public sealed record WobbleReissued(Guid WobbleId)
{
    public const string Alias = "wobbles.wobble-issued.v1";
}

/// <summary>What was added may be missing, but not left out.</summary>
public sealed record WobbleLent(Guid WobbleId, string? Hint)
{
    public const string Alias = "wobbles.wobble-lent.v1";
}

/// <summary>What was added must be there, and nobody notices that it is not.</summary>
public sealed record WobbleLost(Guid WobbleId)
{
    public const string Alias = "wobbles.wobble-lost.v1";

    public string Finder { get; init; } = null!;
}

public sealed record Leftover(int Amount);

public static class WobbleMath
{
    public static int Twice(int amount) => amount * 2;
}
