using Orders.Payments;
using Platform.Domain;

namespace Orders.Tests.Payments;

/// <summary>Orders, rule 5: the documented tokens of the built-in gateway, and that every call is idempotent.</summary>
public sealed class TestPaymentGatewayTests
{
    private static readonly Money Amount = new(23_000, "KRW");

    private readonly TestPaymentGateway _gateway = new();

    [Theory]
    [InlineData("tok_approve", nameof(AuthorisationOutcome.Approved))]
    [InlineData("tok_decline_capture", nameof(AuthorisationOutcome.Approved))]
    [InlineData("tok_refund_fails_twice", nameof(AuthorisationOutcome.Approved))]
    [InlineData("tok_decline", nameof(AuthorisationOutcome.Declined))]
    [InlineData("tok_timeout", nameof(AuthorisationOutcome.TimedOut))]
    [InlineData("4111111111111111", nameof(AuthorisationOutcome.Declined))]
    public async Task A_token_decides_how_the_authorisation_ends(string token, string outcome) =>
        (await AuthoriseAsync(token)).Outcome.ToString().ShouldBe(outcome);

    [Fact]
    public async Task Authorising_again_finds_the_same_authorisation()
    {
        (await AuthoriseAsync("tok_approve")).ShouldBe(await AuthoriseAsync("tok_approve"));

        _gateway.Held.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_reference_belongs_to_the_first_amount()
    {
        await AuthoriseAsync("tok_approve");

        var other = await _gateway.AuthoriseAsync("a", "tok_approve", Amount * 2, default);

        other.Outcome.ShouldBe(AuthorisationOutcome.Declined);
    }

    [Fact]
    public async Task A_capture_can_be_repeated()
    {
        var reference = (await AuthoriseAsync("tok_approve")).Reference;

        (await _gateway.CaptureAsync(reference, default)).ShouldBeTrue();
        (await _gateway.CaptureAsync(reference, default)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_capture_can_be_declined()
    {
        var reference = (await AuthoriseAsync("tok_decline_capture")).Reference;

        (await _gateway.CaptureAsync(reference, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task What_was_released_cannot_be_captured()
    {
        var reference = (await AuthoriseAsync("tok_approve")).Reference;

        (await _gateway.ReleaseAsync(reference, 1, default)).ShouldBeTrue();

        (await _gateway.CaptureAsync(reference, default)).ShouldBeFalse();
        _gateway.Held.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_release_can_fail_twice()
    {
        var reference = (await AuthoriseAsync("tok_refund_fails_twice")).Reference;

        (await _gateway.ReleaseAsync(reference, 1, default)).ShouldBeFalse();
        (await _gateway.ReleaseAsync(reference, 2, default)).ShouldBeFalse();
        (await _gateway.ReleaseAsync(reference, 3, default)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_restart_does_not_change_what_a_payment_will_do()
    {
        var reference = (await AuthoriseAsync("tok_decline_capture")).Reference;
        var restarted = new TestPaymentGateway();

        (await restarted.CaptureAsync(reference, default)).ShouldBeFalse();
        (await restarted.CaptureAsync("approved_before", default)).ShouldBeTrue();
    }

    private Task<Authorisation> AuthoriseAsync(string token) =>
        _gateway.AuthoriseAsync("a", token, Amount, default);
}
