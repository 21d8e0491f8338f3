using Architecture.Tests.Codebase;
using Architecture.Tests.Rules;

namespace Architecture.Tests;

public sealed class ModulesAreVerified
{
    [Fact]
    public void Modules_are_verified() => Gate.Verify(Landscape.OfRepository()).ThrowIfAny();

    [Fact]
    public void Every_module_has_an_owner() => Ownership.Of(Landscape.OfRepository()).ThrowIfAny();
}
