namespace Broken.Platform;

/// <summary>Knows an event of one module by a constant alone.</summary>
public static class Favourite
{
    public static string Alias() => Mumbles.Contracts.TierReached.Alias;
}
