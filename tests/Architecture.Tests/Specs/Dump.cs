using Architecture.Tests.Codebase;
using Architecture.Tests.Rules;

namespace Architecture.Tests.Specs;

public sealed class Dump
{
    [Fact]
    public void All() => Gate.Verify(Landscape.OfFixtures("Broken")).ThrowIfAny();
    [Fact]
    public void Clean() => Gate.Verify(Landscape.OfFixtures("Clean")).ThrowIfAny();
}
