using Platform.Domain;

namespace Orders.Payments;

/// <summary>How an authorisation ended.</summary>
internal enum AuthorisationOutcome
{
    /// <summary>The amount is held.</summary>
    Approved,

    /// <summary>Nothing is held.</summary>
    Declined,

    /// <summary>No answer: something may be held, and must be released.</summary>
    TimedOut,
}

/// <summary>The gateway's answer to an authorisation.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reference">
/// What the payment is called from now on: ours, or ours with the gateway's own ending after a full stop.
/// </param>
internal sealed record Authorisation(AuthorisationOutcome Outcome, string Reference);

/// <summary>
/// Whoever moves the money. Every call is idempotent by its reference, so that a retry, a crash between two
/// steps, or two replicas at once never move it twice. An implementation answers within its own time-out.
/// </summary>
internal interface IPaymentGateway
{
    /// <summary>
    /// Holds the amount, once for a reference: another amount under it is declined. The token goes no further than
    /// this call: it is not kept and not logged.
    /// </summary>
    Task<Authorisation> AuthoriseAsync(
        string reference,
        string token,
        Money amount,
        CancellationToken cancellationToken
    );

    /// <summary>Takes what is held; false when the gateway declines, as it does after a release.</summary>
    Task<bool> CaptureAsync(string reference, CancellationToken cancellationToken);

    /// <summary>
    /// Undoes whatever there is: a hold is voided, a capture refunded, and nothing at all is success too.
    /// False when the gateway failed and must be asked again.
    /// </summary>
    /// <param name="reference">The payment.</param>
    /// <param name="attempt">Counts from 1.</param>
    /// <param name="cancellationToken">Stops waiting; the release may have happened.</param>
    Task<bool> ReleaseAsync(string reference, int attempt, CancellationToken cancellationToken);
}
