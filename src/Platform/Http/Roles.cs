namespace Platform.Http;

/// <summary>The four roles, as the token's <c>role</c> claim spells them.</summary>
public static class Roles
{
    /// <summary>Orders food and reviews it.</summary>
    public const string Customer = "customer";

    /// <summary>Runs one store, named by the <c>store_id</c> claim.</summary>
    public const string Store = "store";

    /// <summary>Carries orders.</summary>
    public const string Rider = "rider";

    /// <summary>Keeps the platform running.</summary>
    public const string Operator = "operator";
}
