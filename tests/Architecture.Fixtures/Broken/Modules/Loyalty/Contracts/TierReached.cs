namespace Loyalty.Contracts;

public sealed record TierReached(Guid CustomerId, int Tier)
{
    public const string Alias = "loyalty.tier-reached.v1";
}

public sealed record TierLost(Guid CustomerId)
{
    public const string Alias = "loyalty.tier-lost.v1";
}
