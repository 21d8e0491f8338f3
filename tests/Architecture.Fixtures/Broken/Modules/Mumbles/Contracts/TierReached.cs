namespace Mumbles.Contracts;

public sealed record TierReached(Guid CustomerId, int Tier)
{
    public const string Alias = "mumbles.tier-reached.v1";
}

public sealed record TierLost(Guid CustomerId)
{
    public const string Alias = "mumbles.tier-lost.v1";
}
