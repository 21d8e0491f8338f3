using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Platform.Http;

namespace Host.Identity;

/// <summary>
/// Asks an issuer elsewhere for what it publishes, for a bounded time. While it does not answer, and nothing of it is
/// known yet, nobody asks again for a few seconds: requests are told at once instead of waiting for one another.
/// </summary>
internal sealed class IssuerReach(
    Uri authority,
    IConfigurationManager<OpenIdConnectConfiguration> issuer,
    TimeProvider clock
) : IConfigurationManager<OpenIdConnectConfiguration>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private long _awayUntil;

    /// <summary>What it published, as it was last read.</summary>
    /// <exception cref="UnavailableException">It does not answer.</exception>
    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        if (clock.GetUtcNow().UtcTicks < Volatile.Read(ref _awayUntil))
            throw Away(inner: null);
        try
        {
            return await issuer
                .GetConfigurationAsync(CancellationToken.None)
                .WaitAsync(Patience, clock, cancel);
        }
        catch (Exception failure) when (!cancel.IsCancellationRequested)
        {
            Volatile.Write(ref _awayUntil, (clock.GetUtcNow() + Rest).UtcTicks);
            throw Away(failure);
        }
    }

    public void RequestRefresh() => issuer.RequestRefresh();

    private UnavailableException Away(Exception? inner) =>
        new($"Auth:Authority: the issuer at {authority} does not answer", inner);
}
