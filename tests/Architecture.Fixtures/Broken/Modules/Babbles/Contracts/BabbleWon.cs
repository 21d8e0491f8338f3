namespace Babbles.Contracts;

public sealed record BabbleWon(Guid BabbleId)
{
    public const string Alias = "babbles.babble-won.v1";
}
