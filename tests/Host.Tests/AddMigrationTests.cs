using System.Diagnostics;
using Host.Tests.Running;

namespace Host.Tests;

/// <summary>The script runs the real tool, in a repository that holds one new module and nothing else.</summary>
public sealed class AddMigrationTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static readonly Dictionary<string, string> Files = new(StringComparer.Ordinal)
    {
        ["Directory.Build.props"] = """
            <Project>
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
            </Project>
            """,
        ["src/Host/Host.csproj"] = """
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <ItemGroup>
                <PackageReference Include="Microsoft.EntityFrameworkCore.Design" PrivateAssets="all" />
                <ProjectReference Include="../Modules/Parcels/Module/Parcels.csproj" />
              </ItemGroup>
            </Project>
            """,
        ["src/Host/Program.cs"] = "return 0;",
        ["src/Modules/Parcels/Module/Parcels.csproj"] = $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <ItemGroup>
                <FrameworkReference Include="Microsoft.AspNetCore.App" />
                <PackageReference Include="Microsoft.EntityFrameworkCore.Sqlite" />
                <PackageReference Include="Microsoft.EntityFrameworkCore.SqlServer" />
                <PackageReference Include="Npgsql.EntityFrameworkCore.PostgreSQL" />
                <PackageReference Include="Microsoft.IdentityModel.Protocols.OpenIdConnect" />
                <Reference Include="{Path.Combine(AppContext.BaseDirectory, "Platform.dll")}" />
              </ItemGroup>
            </Project>
            """,
        ["src/Modules/Parcels/Module/ParcelsDbContext.cs"] = """
            using Microsoft.EntityFrameworkCore;
            using Microsoft.EntityFrameworkCore.Design;
            using Microsoft.Extensions.Configuration;
            using Platform.Data;

            namespace Parcels;

            public sealed class ParcelsDbContext(DbContextOptions options) : DbContext(options)
            {
                protected override void OnModelCreating(ModelBuilder model) =>
                    model.HasDefaultSchema("parcels").Entity("Parcel").Property<Guid>("Id");
            }

            public sealed class Design : IDesignTimeDbContextFactory<ParcelsDbContext>
            {
                public ParcelsDbContext CreateDbContext(string[] args)
                {
                    var settings = new ConfigurationBuilder().AddCommandLine(args).Build();
                    var builder = new DbContextOptionsBuilder<ParcelsDbContext>();
                    DatabaseChoice.Read(settings, "Modules:Parcels", "parcels").Configure(builder);
                    return new ParcelsDbContext(builder.Options);
                }
            }
            """,
    };

    private readonly DataFolder _folder = new();

    public AddMigrationTests()
    {
        foreach (var (file, text) in Files)
            Write(file, text);
        foreach (
            var file in new[]
            {
                "scripts/add-migration",
                ".config/dotnet-tools.json",
                "global.json",
                "Directory.Packages.props",
            }
        )
            Write(file, File.ReadAllText(Path.Combine(Repository.Root, file)));
    }

    [Fact]
    [Trait("Fault", "G3")]
    public async Task The_first_migration_of_a_module_leaves_a_snapshot_for_each_engine()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("The script is written for bash.");

        var (exitCode, output) = await RunAsync("scripts/add-migration", "Parcels", "First");

        exitCode.ShouldBe(0, output);
        foreach (var engine in new[] { "Sqlite", "SqlServer", "PostgreSql" })
        {
            var folder = Path.Combine(_folder.Path, "src/Modules/Parcels/Module/Data/Migrations", engine);
            var snapshot = Directory.GetFiles(folder, "*Snapshot.cs").ShouldHaveSingleItem();
            Path.GetFileName(snapshot).ShouldBe($"ParcelsDbContext{engine}Snapshot.cs");
            var text = await File.ReadAllTextAsync(snapshot, TestContext.Current.CancellationToken);
            text.ShouldContain($"namespace Parcels.Data.Migrations.{engine}");
            text.ShouldContain($"class ParcelsDbContext{engine}Snapshot");
            Directory.GetFiles(folder, "*_First.cs").ShouldHaveSingleItem();
        }
    }

    public void Dispose() => _folder.Dispose();

    private void Write(string file, string text)
    {
        var path = Path.Combine(_folder.Path, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private async Task<(int ExitCode, string Output)> RunAsync(string script, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(_folder.Path, script), .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1", ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0" },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, output + await errors);
    }
}
