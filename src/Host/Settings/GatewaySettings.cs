using Platform.Settings;

namespace Host.Settings;

/// <summary>How far calls to modules in other processes may hold this one up.</summary>
/// <param name="AnswerWithin">How long such a call may be silent before it is given up.</param>
/// <param name="StreamSilence">How long a live stream may be silent, its heartbeats included.</param>
/// <param name="ConcurrentCalls">The most calls under way to one module.</param>
/// <param name="ConcurrentStreams">The most live streams open to one module.</param>
internal sealed record GatewaySettings(
    TimeSpan AnswerWithin,
    TimeSpan StreamSilence,
    int ConcurrentCalls,
    int ConcurrentStreams
)
{
    public static GatewaySettings Read(SettingsReader reader)
    {
        reader.RefuseOthers(
            "Gateway",
            nameof(AnswerWithin),
            nameof(StreamSilence),
            nameof(ConcurrentCalls),
            nameof(ConcurrentStreams)
        );
        return new GatewaySettings(
            reader.Duration("Gateway:AnswerWithin", TimeSpan.FromSeconds(15)),
            reader.Duration("Gateway:StreamSilence", TimeSpan.FromMinutes(1)),
            reader.Number("Gateway:ConcurrentCalls", 200, 1, 100_000),
            reader.Number("Gateway:ConcurrentStreams", 5_000, 1, 1_000_000)
        );
    }
}
