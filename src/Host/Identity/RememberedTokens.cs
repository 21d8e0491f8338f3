using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.Tokens;

namespace Host.Identity;

/// <summary>
/// Verifies a token's signature once a minute at most: whoever calls often sends the same token every time. What was
/// found wanting is looked at again each time, and no token is taken for longer than it says itself.
/// </summary>
/// <param name="verifier">Verifies a token that is not known.</param>
/// <param name="clock">When what is known is too old.</param>
internal sealed class RememberedTokens(TokenHandler verifier, TimeProvider clock) : TokenHandler, IDisposable
{
    /// <summary>How long a withdrawn signing key may still be trusted for tokens seen before.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private const int Most = 10_000;

    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = Most });

    public override async Task<TokenValidationResult> ValidateTokenAsync(
        string token,
        TokenValidationParameters validationParameters
    )
    {
        // A hash, so that no token lies about in memory longer than its request.
        var key = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        var now = clock.GetUtcNow();
        if (_known.TryGetValue(key, out Known? known) && now < known!.Until)
            return known.Copy();
        var result = await verifier.ValidateTokenAsync(token, validationParameters);
        if (!result.IsValid)
            return result;
        var ends = new DateTimeOffset(result.SecurityToken.ValidTo, TimeSpan.Zero);
        var until = now + Longest < ends ? now + Longest : ends;
        known = new Known(result, until);
        if (now < until)
        {
            _known.Set(
                key,
                known,
                new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = until - now }
            );
        }
        return known.Copy();
    }

    public override SecurityToken ReadToken(string token) => verifier.ReadToken(token);

    public void Dispose() => _known.Dispose();

    /// <summary>Whoever is let in gets an identity of their own, which they may add to.</summary>
    private sealed record Known(TokenValidationResult Result, DateTimeOffset Until)
    {
        public TokenValidationResult Copy() =>
            new()
            {
                IsValid = true,
                ClaimsIdentity = Result.ClaimsIdentity.Clone(),
                SecurityToken = Result.SecurityToken,
                Issuer = Result.Issuer,
                TokenType = Result.TokenType,
            };
    }
}
