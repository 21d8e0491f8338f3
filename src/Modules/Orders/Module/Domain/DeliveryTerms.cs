using Platform.Domain;

namespace Orders.Domain;

/// <summary>What is added to the base fee from a distance on, until the next band begins.</summary>
internal sealed record FeeBand(double FromMetres, Money Surcharge);

/// <summary>How far a store delivers and what it charges for the way.</summary>
/// <param name="RadiusMetres">Its delivery area is a circle of this radius.</param>
/// <param name="BaseFee">Charged for every delivery.</param>
/// <param name="Bands">Surcharges by distance; the farthest band that has begun counts, alone.</param>
/// <param name="FreeFrom">Baskets of this much or more pay no fee; null when the fee is always charged.</param>
internal sealed record DeliveryTerms(
    double RadiusMetres,
    Money BaseFee,
    IReadOnlyList<FeeBand> Bands,
    Money? FreeFrom
)
{
    /// <summary>More than any store's way to its customers has.</summary>
    public const int MostBands = 50;

    public bool Reach(double metres) => metres <= RadiusMetres;

    public Money FeeFor(double metres, Money basket) =>
        FreeFrom is not null && basket >= FreeFrom ? Money.Zero(BaseFee.Currency) : FeeFor(metres);

    public Money FeeFor(double metres) =>
        Bands.Where(band => band.FromMetres <= metres).MaxBy(band => band.FromMetres) is { } band
            ? BaseFee + band.Surcharge
            : BaseFee;
}
