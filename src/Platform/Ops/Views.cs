using Platform.Modules;
using Platform.Streams;

namespace Platform.Ops;

/// <summary>One module as an operator sees it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">How it is doing.</param>
/// <param name="Engine">What its data is in.</param>
/// <param name="Placement">Where it runs.</param>
/// <param name="Paths">Which paths are its own.</param>
/// <param name="LastError">What keeps it from running.</param>
/// <param name="Subscriptions">What it follows.</param>
/// <param name="Relay">What carries its events elsewhere; null when nothing does.</param>
/// <param name="Addresses">Where its calls are sent to; none when they are answered here.</param>
internal sealed record ModuleView(
    string Name,
    ModuleState State,
    string Engine,
    string Placement,
    IReadOnlyList<string> Paths,
    string? LastError,
    IReadOnlyList<SubscriptionView> Subscriptions,
    RelayView? Relay,
    IReadOnlyList<ModuleAddressView> Addresses
);

/// <summary>One address of a module that runs in other processes.</summary>
/// <param name="Address">Where a replica of it is.</param>
/// <param name="Trouble">Why no calls are sent there while others are well; null when they are.</param>
internal sealed record ModuleAddressView(Uri Address, string? Trouble);

/// <summary>What carries a module's events to its followers in other processes, as an operator sees it.</summary>
/// <param name="State">How it is doing.</param>
/// <param name="Position">The last event that the broker has confirmed.</param>
/// <param name="Head">The newest event of the stream.</param>
/// <param name="Lag">How many positions it is behind.</param>
/// <param name="Followers">How far each follower says it has come.</param>
/// <param name="LastError">The last error since the process started, whether or not it was overcome.</param>
/// <param name="LastErrorAt">When that was.</param>
internal sealed record RelayView(
    SubscriptionState State,
    long? Position,
    long? Head,
    long? Lag,
    IReadOnlyList<FollowerView> Followers,
    string? LastError,
    DateTimeOffset? LastErrorAt
);

/// <summary>A module elsewhere, or a service that is none, that follows a stream of this process.</summary>
internal sealed record FollowerView(string Module, long? Position, long? Lag);

/// <summary>
/// One subscription as an operator sees it. Figures are null when the database that holds them cannot be reached.
/// </summary>
/// <param name="Stream">What it follows.</param>
/// <param name="State">How it is doing.</param>
/// <param name="Position">The last event it has passed.</param>
/// <param name="Head">The newest event of the stream.</param>
/// <param name="Lag">How many positions it is behind.</param>
/// <param name="OldestUnhandledSeconds">Age of the oldest event it has not passed; 0 when there is none.</param>
/// <param name="DeadLetters">How many events are parked.</param>
/// <param name="LastError">The last error since the process started, whether or not it was overcome.</param>
/// <param name="LastErrorAt">When that was.</param>
internal sealed record SubscriptionView(
    string Stream,
    SubscriptionState State,
    long? Position,
    long? Head,
    long? Lag,
    double? OldestUnhandledSeconds,
    int? DeadLetters,
    string? LastError,
    DateTimeOffset? LastErrorAt
);

/// <summary>One number of a module's business as an operator sees it.</summary>
/// <param name="Module">Whose.</param>
/// <param name="Name">As at <c>/metrics</c>, with dots.</param>
/// <param name="State">Which state it counts, where there is one such figure for each.</param>
/// <param name="Unit">As UCUM writes it.</param>
/// <param name="Value">How it stands.</param>
/// <param name="Least">Below this operators are told; null where it cannot be too low.</param>
/// <param name="Most">Above this operators are told; null where it cannot be too high.</param>
/// <param name="Broken">What they are told, in English.</param>
internal sealed record FigureView(
    string Module,
    string Name,
    string? State,
    string Unit,
    double Value,
    double? Least,
    double? Most,
    string? Broken
)
{
    public static FigureView Of(string module, BusinessFigure figure) =>
        new(
            module,
            figure.Name,
            figure.State,
            figure.Unit,
            figure.Value!.Value,
            figure.Bounds?.Least,
            figure.Bounds?.Most,
            figure.Bounds?.Broken
        );

    /// <summary>The bound that the value is beyond; null while it is within them.</summary>
    public double? BrokenBound() =>
        Value < Least ? Least
        : Value > Most ? Most
        : null;
}

/// <summary>One dead letter as an operator sees it.</summary>
internal sealed record DeadLetterView(
    Guid Id,
    string Module,
    string Stream,
    long Position,
    Guid EventId,
    string Type,
    Guid Key,
    string Payload,
    string Error,
    int Attempts,
    DateTimeOffset OccurredAt,
    DateTimeOffset FirstFailedAt,
    DateTimeOffset LastFailedAt,
    bool ReplayRequested
);
