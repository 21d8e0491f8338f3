using System.Text.Json.Nodes;

namespace Simulator.Ledgers;

/// <summary>What became of one attempt at a call.</summary>
internal enum Outcome
{
    /// <summary>Acknowledged: it happened, and must have happened ever after.</summary>
    Done,

    /// <summary>Answered with a refusal: it did not happen.</summary>
    Refused,

    /// <summary>Sent, and no answer or a server's error came back: it may have happened.</summary>
    Unknown,

    /// <summary>Nobody was there to take it: it did not happen.</summary>
    Unsent,

    /// <summary>Nothing was asked for: this is what somebody was shown.</summary>
    Seen,
}

/// <summary>One line of the ledger.</summary>
internal sealed record Entry
{
    /// <summary>When the attempt ended.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who: <c>customer 12</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>The id in their token.</summary>
    public required Guid Caller { get; init; }

    /// <summary>One of <see cref="Deeds"/>.</summary>
    public required string Deed { get; init; }

    public required Outcome Outcome { get; init; }

    /// <summary>What the call named: an order, a delivery, an offer, a review or a store.</summary>
    public Guid? Subject { get; init; }

    /// <summary>The idempotency key it was sent with.</summary>
    public string? Key { get; init; }

    /// <summary>Counts from 1.</summary>
    public int Attempt { get; init; }

    public int? Status { get; init; }

    /// <summary>A problem's code, or what went wrong on the way.</summary>
    public string? Code { get; init; }

    /// <summary>What the answer was of: the order placed, the delivery taken, the review written.</summary>
    public Guid? Id { get; init; }

    /// <summary>The state that the answer told.</summary>
    public string? State { get; init; }

    /// <summary>The states of an order's timeline, as shown.</summary>
    public IReadOnlyList<string>? Timeline { get; init; }

    /// <summary>What was asked for.</summary>
    public JsonNode? Asked { get; init; }
}

/// <summary>What people do.</summary>
internal static class Deeds
{
    public const string Register = "register";
    public const string Pause = "pause";
    public const string Resume = "resume";
    public const string Place = "place";
    public const string Cancel = "cancel";
    public const string Accept = "accept";
    public const string Reject = "reject";
    public const string Ready = "ready";
    public const string Shift = "shift";
    public const string Take = "take";
    public const string Decline = "decline";
    public const string PickUp = "pick-up";
    public const string Deliver = "deliver";
    public const string Fail = "fail";
    public const string GiveUp = "give-up";
    public const string Review = "review";
    public const string Edit = "edit";
    public const string Remove = "remove";
    public const string Reply = "reply";
    public const string Dispute = "dispute";
    public const string SeeOrder = "see-order";

    /// <summary>What the module Orders answers to.</summary>
    public static readonly IReadOnlySet<string> OfOrders = new HashSet<string>(StringComparer.Ordinal)
    {
        Register,
        Pause,
        Resume,
        Place,
        Cancel,
        Accept,
        Reject,
        Ready,
    };
}
