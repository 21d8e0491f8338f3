namespace Platform.Homes;

/// <summary>Something that an operator did to a module.</summary>
internal sealed record AuditEntry
{
    public const int LongestDetail = 1_000;

    public required Guid Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The operator's user id; null for what a move did by itself.</summary>
    public Guid? Operator { get; init; }

    /// <summary>Such as <c>pause</c> or <c>move</c>.</summary>
    public required string Act { get; init; }

    /// <summary>What was done to what, in words.</summary>
    public required string Detail { get; init; }

    /// <summary>An entry of now.</summary>
    public static AuditEntry Of(DateTimeOffset now, Guid? @operator, string act, string detail) =>
        new()
        {
            Id = Guid.CreateVersion7(now),
            At = now,
            Operator = @operator,
            Act = act,
            Detail = detail.Length <= LongestDetail ? detail : detail[..LongestDetail],
        };
}
