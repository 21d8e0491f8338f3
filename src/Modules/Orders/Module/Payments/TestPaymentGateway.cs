using System.Collections.Concurrent;
using Platform.Domain;

namespace Orders.Payments;

/// <summary>
/// The built-in gateway: no money, but the answers of a real one, chosen by the token. What a payment will
/// do later is written in the ending of its reference, and attempts are told to it; so a restart, or another
/// replica, that remembers nothing of a payment still answers as expected.
/// </summary>
internal sealed class TestPaymentGateway : IPaymentGateway
{
    private const string DeclinesCapture = ".declines_capture";
    private const string FailsTwoReleases = ".fails_two_releases";
    private const int Remembered = 10_000;

    private readonly ConcurrentDictionary<string, Payment> _payments = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _oldest = new();

    private enum State
    {
        Authorised,
        Captured,
        Released,
    }

    /// <summary>The references of held or captured payments that it remembers and that were not given back.</summary>
    public IReadOnlyList<string> Held =>
        [.. _payments.Where(payment => payment.Value.State != State.Released).Select(payment => payment.Key)];

    public Task<Authorisation> AuthoriseAsync(
        string reference,
        string token,
        Money amount,
        CancellationToken cancellationToken
    ) => Task.FromResult(Authorise(reference, token, amount));

    public Task<bool> CaptureAsync(string reference, CancellationToken cancellationToken)
    {
        var payment = Find(reference);
        lock (payment)
        {
            if (
                payment.State == State.Released
                || reference.EndsWith(DeclinesCapture, StringComparison.Ordinal)
            )
                return Task.FromResult(false);
            payment.State = State.Captured;
            return Task.FromResult(true);
        }
    }

    public Task<bool> ReleaseAsync(string reference, int attempt, CancellationToken cancellationToken)
    {
        if (attempt <= 2 && reference.EndsWith(FailsTwoReleases, StringComparison.Ordinal))
            return Task.FromResult(false);
        var payment = Find(reference);
        lock (payment)
            payment.State = State.Released;
        return Task.FromResult(true);
    }

    private Authorisation Authorise(string reference, string token, Money amount)
    {
        string? ending = token switch
        {
            "tok_approve" or "tok_timeout" => "",
            "tok_decline_capture" => DeclinesCapture,
            "tok_refund_fails_twice" => FailsTwoReleases,
            _ => null,
        };
        if (ending is null)
            return new(AuthorisationOutcome.Declined, reference);

        var payment = Find(reference);
        lock (payment)
        {
            var first = payment.First ??= (amount, ending);
            var outcome =
                payment.State == State.Released || first != (amount, ending) ? AuthorisationOutcome.Declined
                : token == "tok_timeout" ? AuthorisationOutcome.TimedOut
                : AuthorisationOutcome.Approved;
            return new(outcome, reference + ending);
        }
    }

    private Payment Find(string reference) => _payments.GetOrAdd(reference.Split('.')[0], Remember);

    private Payment Remember(string reference)
    {
        _oldest.Enqueue(reference);
        if (_oldest.Count > Remembered && _oldest.TryDequeue(out var oldest))
            _payments.TryRemove(oldest, out _);
        return new();
    }

    private sealed class Payment
    {
        public State State { get; set; }

        /// <summary>What it was first authorised for, with which ending.</summary>
        public (Money Amount, string Ending)? First { get; set; }
    }
}
