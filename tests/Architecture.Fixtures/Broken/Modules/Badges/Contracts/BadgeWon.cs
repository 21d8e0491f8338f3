namespace Badges.Contracts;

public sealed record BadgeWon(Guid BadgeId)
{
    public const string Alias = "badges.badge-won.v1";
}
