using System.Tests.Running;

namespace System.Tests;

/// <summary>
/// A module gets a repository of its own, builds and passes there from an empty clone, and takes its place in the
/// deployment. <c>LIFT=all</c> runs all of its tests there; otherwise those of its rules, which need no server.
/// </summary>
public sealed class LiftTests
{
    private const string Module = "src/Modules/Reviews";

    [Fact]
    public async Task Reviews_builds_passes_and_serves_from_a_repository_of_its_own()
    {
        RabbitMq.Requires(RabbitMqServer.IsThere);
        var changed = await ShellCommand.RunAsync(
            Repository.Root,
            ["git", "status", "--porcelain", "--", Module, "tests/Reviews.Tests"]
        );
        Assert.SkipWhen(
            changed.Output.Length > 0,
            "What is not committed of Reviews would not be lifted: commit it first."
        );
        using var lifted = await LiftedModule.OfAsync("Reviews");

        await KeepsItsHistoryAsync(lifted);
        await lifted.RunAsync(lifted.Clone, "dotnet", "build", "Reviews.sln");
        var passed = await lifted.RunAsync(
            lifted.Clone,
            "dotnet",
            [
                "run",
                "--no-build",
                "--project",
                "tests/Reviews.Tests",
                .. Environment.GetEnvironmentVariable("LIFT") == "all"
                    ? (string[])[]
                    : ["--", "--filter-namespace", "Reviews.Tests.Domain"],
            ]
        );
        passed.ShouldContain("Passed!");

        var alone = await ShellCommand.RunAsync(
            lifted.Lifted,
            ["dotnet", lifted.HostAssembly, "--environment=Development"]
        );
        alone.ExitCode.ShouldBe(1);
        alone.Output.ShouldContain("Broker:Kind: Reviews follows 'orders'");

        await using var deployment = await SpreadDeployment.WithLiftedAsync("Reviews", lifted.HostAssembly);
        await WalkThrough.PassesAsync(deployment.Front);
    }

    [Theory]
    [InlineData("There is no module Coupons", "Coupons", "nowhere")]
    [InlineData("is not empty", "Reviews", "src")]
    [InlineData("There is no feed", "Reviews", "artifacts/lifted-nowhere", "--feed", "artifacts/no-feed")]
    public async Task What_cannot_be_lifted_is_refused_in_a_sentence(
        string sentence,
        params string[] arguments
    )
    {
        var (outcome, output) = await ShellCommand.RunAsync(Repository.Root, ["scripts/lift", .. arguments]);

        outcome.ShouldBe(2);
        output.ShouldContain(sentence);
    }

    [Fact]
    public async Task A_contract_that_breaks_a_listener_is_refused_by_name()
    {
        using var folder = new TemporaryFolder(TestEngine.Sqlite);
        var contracts = Path.Combine(Repository.Root, "src", "Modules", "Reviews", "Contracts");
        var events = await File.ReadAllTextAsync(Path.Combine(contracts, "ReviewEvents.cs"));
        var broken = events.Replace("Guid ReviewId", "Guid TheReview", StringComparison.Ordinal);
        broken.ShouldNotBe(events);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "ReviewEvents.cs"), broken);
        await File.WriteAllTextAsync(
            Path.Combine(folder.Path, "Reviews.Contracts.csproj"),
            $"""
            <Project>
              <Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk" />
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <PackageId>Monolith.Reviews.Contracts</PackageId>
              </PropertyGroup>
              <Import Project="{Repository.Root}src/Packages.props" />
              <Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" />
            </Project>
            """
        );

        var (outcome, output) = await ShellCommand.RunAsync(
            folder.Path,
            ["dotnet", "pack", "--output", folder.Path]
        );

        outcome.ShouldNotBe(0);
        output.ShouldContain("CP0002");
        output.ShouldContain("ReviewPublished.ReviewId");
    }

    /// <summary>What is run above is what the guide has a reader run, in other folders.</summary>
    [Theory]
    [InlineData("scripts/pack ../feed")]
    [InlineData("scripts/lift Reviews ../lifted --feed ../feed")]
    [InlineData("git clone lifted reviews")]
    [InlineData("dotnet build Reviews.sln")]
    public void The_guide_has_the_same_commands(string command) =>
        File.ReadAllLines(Path.Combine(MigrationGuide.Folder, "07-a-repository-of-its-own.md"))
            .ShouldContain(command);

    private static async Task KeepsItsHistoryAsync(LiftedModule lifted)
    {
        var there = await lifted.RunAsync(lifted.Clone, "git", "log", "--format=%s", "HEAD~1", "--", Module);
        var here = await lifted.RunAsync(Repository.Root, "git", "log", "--format=%s", "HEAD", "--", Module);

        there.ShouldBe(here);
    }
}
