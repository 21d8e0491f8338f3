namespace Figures.Events;

/// <summary>The event that is delivered: about as large as an order's.</summary>
public sealed record SaleMade(Guid SaleId, Guid CustomerId, string Item, decimal Total, DateTimeOffset MadeAt)
{
    public const string Alias = "sales.sale-made.v1";

    public static SaleMade Now() =>
        new(
            Guid.CreateVersion7(),
            Guid.CreateVersion7(),
            "Bibimbap, regular, with an egg and without cucumber",
            23_000,
            TimeProvider.System.GetUtcNow()
        );
}

/// <summary>An event that is never said, so that there are modules that follow a stream where nothing happens.</summary>
public sealed record SilenceBroken(Guid Id)
{
    public const string Alias = "silences.silence-broken.v1";
}

/// <summary>What a seller stores in the transaction that says the event.</summary>
internal sealed class Sale
{
    public required Guid Id { get; init; }
    public required Guid CustomerId { get; init; }
    public required string Item { get; init; }
    public required decimal Total { get; init; }
    public required DateTimeOffset MadeAt { get; init; }

    public static Sale Of(SaleMade made) =>
        new()
        {
            Id = made.SaleId,
            CustomerId = made.CustomerId,
            Item = made.Item,
            Total = made.Total,
            MadeAt = made.MadeAt,
        };
}
