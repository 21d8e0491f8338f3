using Reviews.Domain;

namespace Reviews.Features;

/// <summary>The codes by which clients name the reasons of a report.</summary>
internal static class ReportReasons
{
    private static readonly Dictionary<string, ReportReason> ByCode = new(StringComparer.Ordinal)
    {
        ["spam"] = ReportReason.Spam,
        ["offensive"] = ReportReason.Offensive,
        ["untrue"] = ReportReason.Untrue,
        ["off_topic"] = ReportReason.OffTopic,
        ["personal_data"] = ReportReason.PersonalData,
        ["other"] = ReportReason.Other,
    };

    public static string Codes { get; } = string.Join(", ", ByCode.Keys);

    public static bool IsKnown(string code) => ByCode.ContainsKey(code);

    public static ReportReason Of(string code) => ByCode[code];

    public static string CodeOf(ReportReason reason) => ByCode.Single(pair => pair.Value == reason).Key;
}
