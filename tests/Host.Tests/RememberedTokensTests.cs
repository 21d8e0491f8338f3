using System.Security.Cryptography;
using Host.Identity;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Host.Tests;

public sealed class RememberedTokensTests : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly CountingVerifier _verifier = new();
    private readonly RememberedTokens _tokens;

    public RememberedTokensTests() => _tokens = new RememberedTokens(_verifier, _clock);

    [Fact]
    public async Task A_token_is_verified_once_a_minute()
    {
        var token = Issue(TimeSpan.FromHours(1));

        (await VerifyAsync(token)).IsValid.ShouldBeTrue();
        var again = await VerifyAsync(token);

        again.IsValid.ShouldBeTrue();
        again.ClaimsIdentity.FindFirst("sub")!.Value.ShouldBe("ann");
        _verifier.Asked.ShouldBe(1);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await VerifyAsync(token);
        _verifier.Asked.ShouldBe(2);
    }

    [Fact]
    public async Task No_token_is_taken_for_longer_than_it_says()
    {
        var token = Issue(TimeSpan.FromSeconds(20));
        (await VerifyAsync(token)).IsValid.ShouldBeTrue();

        _clock.Advance(TimeSpan.FromSeconds(21));
        await VerifyAsync(token);

        _verifier.Asked.ShouldBe(2);
    }

    [Fact]
    public async Task A_forged_token_is_refused_however_often_it_comes()
    {
        var forged = Issue(TimeSpan.FromHours(1))[..^6] + "AAAAAA";

        (await VerifyAsync(forged)).IsValid.ShouldBeFalse();
        (await VerifyAsync(forged)).IsValid.ShouldBeFalse();

        _verifier.Asked.ShouldBe(2);
    }

    [Fact]
    public async Task What_one_request_adds_to_its_identity_is_no_other_s()
    {
        var token = Issue(TimeSpan.FromHours(1));
        var first = await VerifyAsync(token);
        first.ClaimsIdentity.AddClaim(new("role", "operator"));

        (await VerifyAsync(token)).ClaimsIdentity.FindFirst("role").ShouldBeNull();
    }

    public void Dispose()
    {
        _tokens.Dispose();
        _key.Dispose();
    }

    private string Issue(TimeSpan lifetime) =>
        new JsonWebTokenHandler().CreateToken(
            new SecurityTokenDescriptor
            {
                Claims = new Dictionary<string, object>(StringComparer.Ordinal) { ["sub"] = "ann" },
                IssuedAt = _clock.GetUtcNow().UtcDateTime,
                NotBefore = _clock.GetUtcNow().UtcDateTime.AddMinutes(-1),
                Expires = _clock.GetUtcNow().UtcDateTime + lifetime,
                SigningCredentials = new(new ECDsaSecurityKey(_key), SecurityAlgorithms.EcdsaSha256),
            }
        );

    private Task<TokenValidationResult> VerifyAsync(string token) =>
        _tokens.ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                ValidateIssuer = false,
                ValidateAudience = false,
                IssuerSigningKey = new ECDsaSecurityKey(_key),
            }
        );

    private sealed class CountingVerifier : TokenHandler
    {
        private readonly JsonWebTokenHandler _verifier = new();

        public int Asked { get; private set; }

        public override Task<TokenValidationResult> ValidateTokenAsync(
            string token,
            TokenValidationParameters validationParameters
        )
        {
            Asked++;
            return _verifier.ValidateTokenAsync(token, validationParameters);
        }

        public override SecurityToken ReadToken(string token) => _verifier.ReadToken(token);
    }
}
