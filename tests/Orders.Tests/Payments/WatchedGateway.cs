using Orders.Payments;
using Platform.Domain;

namespace Orders.Tests.Payments;

/// <summary>The test gateway, and a word when it has authorised something.</summary>
internal sealed class WatchedGateway(TestPaymentGateway gateway, Action held) : IPaymentGateway
{
    public async Task<Authorisation> AuthoriseAsync(
        string reference,
        string token,
        Money amount,
        CancellationToken cancellationToken
    )
    {
        var authorisation = await gateway.AuthoriseAsync(reference, token, amount, cancellationToken);
        held();
        return authorisation;
    }

    public Task<bool> CaptureAsync(string reference, CancellationToken cancellationToken) =>
        gateway.CaptureAsync(reference, cancellationToken);

    public Task<bool> ReleaseAsync(string reference, int attempt, CancellationToken cancellationToken) =>
        gateway.ReleaseAsync(reference, attempt, cancellationToken);
}
