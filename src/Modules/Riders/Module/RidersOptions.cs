using Microsoft.Extensions.Configuration;
using Platform.Settings;
using Riders.Domain;

namespace Riders;

/// <summary>The module's settings beside <see cref="DeliveryRules"/> (<c>Dispatch</c>) and <see cref="PayRates"/> (<c>Pay</c>).</summary>
internal sealed record RidersOptions
{
    /// <summary>An IANA name. The day of an earning is a day in this zone.</summary>
    public string TimeZone { get; init; } = "Asia/Seoul";

    /// <summary>What a rider's total is in when they have earned nothing.</summary>
    public string Currency { get; init; } = "KRW";

    /// <summary>How often due deliveries are looked for: at most this late is an offer made or let lapse.</summary>
    public TimeSpan SweepEvery { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often locations are written, a row per rider that moved, and read from other replicas.</summary>
    public TimeSpan SaveLocationsEvery { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often locations of riders who carry food are written, and those of watched ones read: how late another replica's customers see them.</summary>
    public TimeSpan ShareLocationsEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Operators are told when a delivery looks for a rider for longer.</summary>
    public TimeSpan NoRiderAfter { get; init; } = TimeSpan.FromMinutes(40);

    /// <summary>Operators are told when it takes longer to find a rider, on average.</summary>
    public TimeSpan ToRiderWithin { get; init; } = TimeSpan.FromMinutes(15);

    public TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    /// <summary>Reads a section, leaving defaults where it says nothing.</summary>
    /// <exception cref="SettingRefusedException">A value is not of its kind.</exception>
    public static T Read<T>(IConfigurationSection section)
        where T : class, new()
    {
        try
        {
            return section.Get<T>() ?? new T();
        }
        catch (InvalidOperationException unreadable)
        {
            throw new SettingRefusedException(section.Path, unreadable.Message);
        }
    }

    /// <summary>Stops the start with a sentence that names the key, so that no rule runs on a senseless number.</summary>
    /// <exception cref="SettingRefusedException">A value is out of range.</exception>
    public static void Verify(RidersOptions options, DeliveryRules rules)
    {
        Require(
            TimeZoneInfo.TryFindSystemTimeZoneById(options.TimeZone, out _),
            "TimeZone",
            "be an IANA time zone"
        );
        Require(options.SweepEvery > TimeSpan.Zero, "SweepEvery", "be positive");
        Require(options.SaveLocationsEvery > TimeSpan.Zero, "SaveLocationsEvery", "be positive");
        Require(options.ShareLocationsEvery > TimeSpan.Zero, "ShareLocationsEvery", "be positive");
        Require(options.NoRiderAfter > TimeSpan.Zero, "NoRiderAfter", "be positive");
        Require(options.ToRiderWithin > TimeSpan.Zero, "ToRiderWithin", "be positive");
        Require(rules.OfferLifetime > TimeSpan.Zero, "Dispatch:OfferLifetime", "be positive");
        Require(rules.SearchAgainAfter > TimeSpan.Zero, "Dispatch:SearchAgainAfter", "be positive");
        Require(rules.RoundLastsAtLeast > TimeSpan.Zero, "Dispatch:RoundLastsAtLeast", "be positive");
        Require(rules.LocationLifetime > TimeSpan.Zero, "Dispatch:LocationLifetime", "be positive");
        Require(rules.FirstRadiusMetres > 0, "Dispatch:FirstRadiusMetres", "be positive");
        Require(rules.RadiusGrowth >= 1, "Dispatch:RadiusGrowth", "be 1 or more");
        Require(rules.Rounds >= 1, "Dispatch:Rounds", "be 1 or more");
        Require(rules.Candidates >= 1, "Dispatch:Candidates", "be 1 or more");
        Require(rules.MaximumLoad is 1 or 2, "Dispatch:MaximumLoad", "be 1 or 2");
        Require(rules.MetresPerMinute > 0, "Dispatch:MetresPerMinute", "be positive");
    }

    private static void Require(bool holds, string key, string rule)
    {
        if (!holds)
            throw new SettingRefusedException($"Modules:Riders:{key}", $"must {rule}.");
    }
}
