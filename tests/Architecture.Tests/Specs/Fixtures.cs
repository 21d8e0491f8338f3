using Architecture.Tests.Codebase;

namespace Architecture.Tests.Specs;

/// <summary>Modules that are no part of the product: one that keeps every rule, and three that break them all.</summary>
internal static class Fixtures
{
    private static readonly Lazy<Landscape> CleanModules = new(() => Landscape.OfFixtures("Clean"));
    private static readonly Lazy<Landscape> BrokenModules = new(() => Landscape.OfFixtures("Broken"));

    public static Landscape Clean => CleanModules.Value;

    public static Landscape Broken => BrokenModules.Value;

    /// <summary>What the rule finds in the modules that break it: each place and what it says of it.</summary>
    public static IEnumerable<string> BreachesOf<TRule>()
        where TRule : IRule, new() => new TRule().Check(Broken).Select(violation => violation.ToString());

    /// <summary>Where the rule finds something in the modules that break it.</summary>
    public static IEnumerable<string> PlacesOf<TRule>()
        where TRule : IRule, new() => new TRule().Check(Broken).Places;
}
