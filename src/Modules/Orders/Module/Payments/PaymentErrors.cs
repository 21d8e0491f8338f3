using Platform.Domain;

namespace Orders.Payments;

/// <summary>What callers are told when money does not move.</summary>
internal static class PaymentErrors
{
    public static readonly Error Declined = Error.Refused(
        "payment_declined",
        "The payment was declined: try another way to pay, with a new Idempotency-Key."
    );

    public static readonly Error TimedOut = Error.Unavailable(
        "payment_timed_out",
        "The payment provider did not answer. No order was placed and nothing stays held; try again."
    );

    public static readonly Error CaptureFailed = Error.Conflict(
        "payment_failed",
        "The customer's payment could not be taken, so the order was cancelled. Do not prepare it."
    );

    public static Error Of(AuthorisationOutcome outcome) =>
        outcome switch
        {
            AuthorisationOutcome.Declined => Declined,
            AuthorisationOutcome.TimedOut => TimedOut,
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "This is no refusal."),
        };
}
