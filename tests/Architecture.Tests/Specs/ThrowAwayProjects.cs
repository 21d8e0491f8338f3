using System.Diagnostics;
using System.Xml.Linq;
using Architecture.Tests.Codebase;

namespace Architecture.Tests.Specs;

/// <summary>
/// Projects in a folder of their own that import the repository's build files, verified in one run of MSBuild
/// because starting it is what takes the time.
/// </summary>
public sealed class ThrowAwayProjects : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("references");
    private readonly Dictionary<string, string> _references = new(StringComparer.Ordinal)
    {
        ["src/Modules/Clean/Module/Clean"] = """
            <FrameworkReference Include="Microsoft.AspNetCore.App" />
            <PackageReference Include="MediatR" />
            <ProjectReference Include="../../../Platform/Platform.csproj" />
            <ProjectReference Include="../Contracts/Clean.Contracts.csproj" />
            <ProjectReference Include="../../Riders/Contracts/Riders.Contracts.csproj" />
            """,
        ["src/Modules/Clean/Contracts/Clean.Contracts"] = "",
        ["src/Modules/Nosy/Module/Nosy"] = """
            <ProjectReference Include="../../../Platform/Platform.csproj" />
            <ProjectReference Include="../../Riders/Module/Riders.csproj" />
            """,
        ["src/Modules/Sly/Module/Sly"] = """<Reference Include="../../Riders/Module/bin/Riders.dll" />""",
        ["src/Modules/Chained/Contracts/Chained.Contracts"] = """
            <ProjectReference Include="../../Riders/Contracts/Riders.Contracts.csproj" />
            """,
        ["src/Modules/Laden/Contracts/Laden.Contracts"] = """<PackageReference Include="MediatR" />""",
        ["src/Modules/Webby/Contracts/Webby.Contracts"] = """
            <FrameworkReference Include="Microsoft.AspNetCore.App" />
            """,
        ["src/Platform/Platform"] = """
            <ProjectReference Include="../Modules/Riders/Contracts/Riders.Contracts.csproj" />
            """,
        ["src/Host/Host"] = """
            <ProjectReference Include="../Platform/Platform.csproj" />
            <ProjectReference Include="../Modules/Riders/Module/Riders.csproj" />
            """,
    };
    private IReadOnlyList<string> _lines = [];

    /// <summary>What the build says against a project; empty when it has nothing to say.</summary>
    public IEnumerable<string> ErrorsOf(string project) =>
        _lines
            .Where(line => line.Contains($"{project}.csproj]", StringComparison.Ordinal))
            .Select(line =>
                line[
                    (line.IndexOf("error", StringComparison.Ordinal) + "error : ".Length)..line.LastIndexOf(
                        " [",
                        StringComparison.Ordinal
                    )
                ]
            )
            .Distinct(StringComparer.Ordinal);

    public async ValueTask InitializeAsync()
    {
        Import("Directory.Build.props");
        Import("Directory.Build.targets");
        foreach (var (project, references) in _references)
            Write(
                $"{project}.csproj",
                $"<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup>{references}</ItemGroup></Project>"
            );
        var projects = string.Join(';', _references.Keys.Select(project => $"{project}.csproj"));
        Write(
            "all.proj",
            $"""
            <Project>
              <ItemGroup><Each Include="{projects}" /></ItemGroup>
              <Target Name="All">
                <MSBuild Projects="@(Each)" Targets="VerifyModuleReferences" SkipNonexistentTargets="true" ContinueOnError="true" />
                <Message Importance="high" Text="all verified" />
              </Target>
            </Project>
            """
        );
        _lines = await RunAsync("msbuild", "all.proj", "-nologo", "-verbosity:minimal", "-nodeReuse:false");
        _lines.ShouldContain(
            line => line.Contains("all verified", StringComparison.Ordinal),
            string.Join('\n', _lines)
        );
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private void Import(string file) =>
        Write(
            file,
            new XElement(
                "Project",
                new XElement("Import", new XAttribute("Project", Path.Combine(Repository.Root, file)))
            ).ToString()
        );

    private void Write(string file, string text)
    {
        var path = Path.Combine(_folder.FullName, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private async Task<IReadOnlyList<string>> RunAsync(params string[] arguments)
    {
        using var patience = new CancellationTokenSource(Patience);
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = _folder.FullName,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_CLI_UI_LANGUAGE"] = "en", ["MSBUILDTERMINALLOGGER"] = "off" },
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
