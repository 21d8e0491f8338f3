using Platform.Modules;
using Platform.Ops;
using Platform.Streams;

namespace Platform.Telemetry;

/// <summary>What the control room shows of modules, subscriptions and relays, as figures.</summary>
internal static class StreamReadings
{
    private static readonly SubscriptionState[] Well =
    [
        SubscriptionState.Running,
        SubscriptionState.Standby,
        SubscriptionState.Paused,
    ];

    public static IEnumerable<GaugeReading> Of(IReadOnlyList<ModuleView> modules) => modules.SelectMany(Of);

    private static IEnumerable<GaugeReading> Of(ModuleView module)
    {
        yield return new(
            "monolith.module.running",
            "{module}",
            "1 while the module answers and handles events; 0 while it is paused or its database is not ready.",
            module.State == ModuleState.Running ? 1 : 0,
            Tag("module", module.Name)
        );
        foreach (var following in module.Subscriptions)
        foreach (var reading in Of(module, following))
            yield return reading;
        if (module.Relay is not { } relay)
            yield break;
        if (relay.Lag is { } lag)
            yield return new(
                "monolith.relay.lag",
                "{event}",
                "Events of the module that the broker has not confirmed yet.",
                lag,
                Tag("module", module.Name)
            );
        foreach (var follower in relay.Followers.Where(follower => follower.Lag is not null))
            yield return new(
                "monolith.relay.follower.lag",
                "{event}",
                "Events of the module that a follower in another process has not reported as handled yet.",
                follower.Lag!.Value,
                Tag("module", module.Name),
                Tag("follower", follower.Module)
            );
    }

    private static IEnumerable<GaugeReading> Of(ModuleView module, SubscriptionView following)
    {
        KeyValuePair<string, object?>[] tags = [Tag("module", module.Name), Tag("stream", following.Stream)];
        yield return new(
            "monolith.stream.well",
            "{subscription}",
            "1 while the subscription goes on, is another replica's or is paused; 0 while something keeps it.",
            Well.Contains(following.State) ? 1 : 0,
            tags
        );
        if (following.Lag is { } lag)
            yield return new(
                "monolith.stream.lag",
                "{event}",
                "Positions of the stream that the subscription has not passed yet.",
                lag,
                tags
            );
        if (following.OldestUnhandledSeconds is { } age)
            yield return new(
                "monolith.stream.oldest.unhandled",
                "s",
                "Age of the oldest event that the subscription has not passed; 0 when there is none.",
                age,
                tags
            );
        if (following.DeadLetters is { } letters)
            yield return new(
                "monolith.stream.dead_letters",
                "{event}",
                "Events that are parked, to be replayed or discarded.",
                letters,
                tags
            );
    }

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
