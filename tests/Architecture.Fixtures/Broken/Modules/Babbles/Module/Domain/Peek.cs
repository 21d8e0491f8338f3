namespace Babbles.Domain;

/// <summary>Touches Wobbles by a constant, a <c>nameof</c> and reflection alone: no reference is left to see.</summary>
internal static class Peek
{
    public static int Limit() => Wobbles.Domain.Limits.Most;

    public static string Name() => nameof(Wobbles.Domain.Limits.Most);

    public static Type? ByReflection() => Type.GetType("Wobbles.Domain.Wobble, Wobbles");

    public static Type? Contract() => Type.GetType("Wobbles.Contracts.WobbleIssued, Wobbles.Contracts");
}
