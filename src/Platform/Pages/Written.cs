using System.Globalization;
using Platform.Domain;

namespace Platform.Pages;

/// <summary>Money as people of the current culture write it.</summary>
public static class Written
{
    private static readonly Dictionary<string, string> Symbols = new(StringComparer.Ordinal)
    {
        ["KRW"] = "₩",
        ["JPY"] = "¥",
        ["USD"] = "$",
        ["EUR"] = "€",
        ["GBP"] = "£",
    };

    /// <summary>An amount with its currency: <c>₩23,000</c>, in Korean <c>23,000원</c>.</summary>
    public static string Amount(Money money)
    {
        ArgumentNullException.ThrowIfNull(money);
        var culture = CultureInfo.CurrentCulture;
        var figures = money.Amount.ToString(
            string.Create(CultureInfo.InvariantCulture, $"N{Currencies.DecimalsOf(money.Currency)}"),
            culture
        );
        return culture.TwoLetterISOLanguageName == "ko" && money.Currency == "KRW" ? figures + "원"
            : Symbols.TryGetValue(money.Currency, out var symbol) ? symbol + figures
            : $"{figures} {money.Currency}";
    }

    /// <summary>The smallest step of an amount in a currency, for number fields.</summary>
    public static string Step(string currency) =>
        new decimal(1, 0, 0, isNegative: false, (byte)Currencies.DecimalsOf(currency)).ToString(
            CultureInfo.InvariantCulture
        );
}
