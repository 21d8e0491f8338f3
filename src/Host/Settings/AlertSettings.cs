namespace Host.Settings;

/// <summary>When the control room raises an alert. Bounds of a module's business are among the module's own settings.</summary>
/// <param name="AnswerWithin">How long a module may take to answer, on average over half a minute.</param>
/// <param name="FailedPercent">The share of its requests that may fail in that time.</param>
/// <param name="Lag">How many events a subscription or a relay may be behind.</param>
/// <param name="HandledWithin">How old the oldest event that a subscription has not handled may be.</param>
internal sealed record AlertSettings(
    TimeSpan AnswerWithin,
    int FailedPercent,
    int Lag,
    TimeSpan HandledWithin
)
{
    private const string Section = "Alerts";

    public static AlertSettings Read(SettingsReader reader)
    {
        reader.RefuseOthers(
            Section,
            nameof(AnswerWithin),
            nameof(FailedPercent),
            nameof(Lag),
            nameof(HandledWithin)
        );
        return new AlertSettings(
            reader.Duration($"{Section}:{nameof(AnswerWithin)}", TimeSpan.FromMilliseconds(500)),
            reader.Number($"{Section}:{nameof(FailedPercent)}", otherwise: 2, minimum: 0, maximum: 100),
            reader.Number($"{Section}:{nameof(Lag)}", otherwise: 200, minimum: 0, maximum: int.MaxValue),
            reader.Duration($"{Section}:{nameof(HandledWithin)}", TimeSpan.FromSeconds(30))
        );
    }
}
