using Architecture.Tests.Codebase;
using Architecture.Tests.Rules;
using NetArchTest.Rules;
using Platform.Modules;

namespace Architecture.Tests;

public sealed class ModulesAreVerified
{
    [Fact]
    public void Modules_are_verified() => Gate.Verify(Landscape.OfRepository()).ThrowIfAny();

    [Fact]
    [Trait("Fault", "G4")]
    public void Every_project_has_a_name_of_its_own() => ProjectNames.Shared(Repository.Root).ThrowIfAny();

    [Fact]
    public void Every_module_has_an_owner() => Ownership.Of(Landscape.OfRepository()).ThrowIfAny();

    [Fact]
    [Trait("Fault", "G6")]
    public void Every_module_has_a_login() => Logins.Of(Landscape.OfRepository()).ThrowIfAny();

    /// <summary>What moves a module is internal to the platform, and no module sees the platform's internals.</summary>
    [Fact]
    public void No_module_can_name_what_moves_it() =>
        (
            Types
                .InAssembly(typeof(IModule).Assembly)
                .That()
                .ResideInNamespace("Platform.Homes")
                .Or()
                .ResideInNamespace("Platform.Extraction")
                .Should()
                .NotBePublic()
                .GetResult()
                .FailingTypeNames
            ?? []
        ).ShouldBeEmpty();
}
