namespace Architecture.Tests.Specs;

/// <summary>The build refuses wrong references before any code is compiled (<c>Directory.Build.targets</c>).</summary>
public sealed class ModuleReferenceSpecs(ThrowAwayProjects projects) : IClassFixture<ThrowAwayProjects>
{
    [Theory]
    [InlineData("Modules/Clean/Module/Clean")]
    [InlineData("Modules/Clean/Contracts/Clean.Contracts")]
    public void A_module_may_reference_the_platform_and_contracts(string project) =>
        projects.ErrorsOf(project).ShouldBeEmpty();

    [Fact]
    public void A_module_may_not_reference_another_module() =>
        projects
            .ErrorsOf("Nosy")
            .ShouldBe([
                "Module Nosy may reference only Platform and *.Contracts, not Riders: listen to the other module's events instead.",
            ]);

    [Fact]
    public void A_module_may_not_reference_another_module_by_its_file() =>
        projects.ErrorsOf("Sly").ShouldHaveSingleItem().ShouldContain("Module Sly may reference only");

    [Theory]
    [InlineData("Chained", "Riders.Contracts")]
    [InlineData("Laden", "MediatR")]
    [InlineData("Webby", "Microsoft.AspNetCore.App")]
    public void Contracts_may_reference_neither_project_nor_package_nor_framework(
        string module,
        string reference
    ) =>
        projects
            .ErrorsOf($"{module}.Contracts")
            .ShouldBe([
                $"{module}.Contracts may reference nothing, but it references {reference}: contracts are plain records that every module can read.",
            ]);

    [Fact]
    public void The_platform_may_reference_no_module_not_even_contracts() =>
        projects
            .ErrorsOf("src/Platform/Platform")
            .ShouldBe([
                "Platform may reference no module, but it references Riders.Contracts: it serves every module and knows none.",
            ]);

    [Fact]
    public void The_host_may_reference_all() => projects.ErrorsOf("src/Host/Host").ShouldBeEmpty();
}
