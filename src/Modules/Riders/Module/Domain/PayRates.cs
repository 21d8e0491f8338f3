using Platform.Domain;

namespace Riders.Domain;

/// <summary>What a delivery pays in one currency.</summary>
internal sealed record PayRate
{
    public decimal Base { get; init; }
    public decimal PerKilometre { get; init; }

    /// <summary>Digits after the point that are paid: 0 for KRW, 2 for EUR; never more than the currency has.</summary>
    public int Decimals { get; init; }
}

/// <summary>
/// Rates by currency; <see cref="Other"/> pays where a currency has none of its own, so that a store with a new
/// currency is a matter of pay to correct and not of food that nobody fetches.
/// </summary>
internal sealed record PayRates
{
    public Dictionary<string, PayRate> ByCurrency { get; init; } =
        new(StringComparer.OrdinalIgnoreCase)
        {
            ["KRW"] = new PayRate
            {
                Base = 3_000,
                PerKilometre = 800,
                Decimals = 0,
            },
        };

    public PayRate Other { get; init; } =
        new()
        {
            Base = 3,
            PerKilometre = 0.8m,
            Decimals = 2,
        };

    public Money For(double metres, string currency)
    {
        var rate = ByCurrency.GetValueOrDefault(currency, Other);
        var amount = rate.Base + (rate.PerKilometre * (decimal)metres / 1_000m);
        var decimals = Math.Min(rate.Decimals, Currencies.DecimalsOf(currency));
        return new Money(Math.Round(amount, decimals, MidpointRounding.AwayFromZero), currency);
    }
}
