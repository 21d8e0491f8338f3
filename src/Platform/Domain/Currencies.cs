using System.Collections.Frozen;

namespace Platform.Domain;

/// <summary>The currencies of ISO 4217 that things are priced in, each with the smallest step its amounts have.</summary>
public static class Currencies
{
    private const int MostDecimals = 4;

    private const string WithNone = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";

    private const string WithThree = "BHD IQD JOD KWD LYD OMR TND";

    private const string WithTwo =
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF "
        + "CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF "
        + "IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR "
        + "MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD "
        + "SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG "
        + "YER ZAR ZMW ZWG";

    private static readonly FrozenDictionary<string, int> Decimals = new[]
    {
        (WithNone, 0),
        (WithTwo, 2),
        (WithThree, 3),
    }
        .SelectMany(group => group.Item1.Split(' ').Select(code => KeyValuePair.Create(code, group.Item2)))
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether things can be priced in it.</summary>
    /// <param name="code">Three capital letters, such as KRW.</param>
    public static bool Knows(string code) => Decimals.ContainsKey(code);

    /// <summary>
    /// How many digits behind the point its amounts have: 0 for KRW, 2 for USD, 3 for KWD. As many as are kept for
    /// one that is not known here, so that nothing of an amount is lost.
    /// </summary>
    public static int DecimalsOf(string code) => Decimals.GetValueOrDefault(code, MostDecimals);

    /// <summary>Whether an amount has no part finer than the smallest step of its currency.</summary>
    public static bool CanPay(decimal amount, string code) =>
        decimal.Round(amount, DecimalsOf(code)) == amount;
}
