using System.Diagnostics;
using Host.Tests.Running;

namespace Host.Tests;

/// <summary>What the program does when it is called with a word.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly DataFolder _folder = new();

    [Fact]
    [Trait("Fault", "S14")]
    public async Task Migrating_asks_for_nothing_but_where_the_databases_are()
    {
        var (exitCode, errors, _) = await HostProcess.CommandAsync(
            _folder.Path,
            "migrate",
            $"--Database:Directory={_folder.Path}"
        );

        exitCode.ShouldBe(0, errors);
        Databases().ShouldBe(["identity.db", "orders.db", "reviews.db", "riders.db"]);
    }

    [Fact]
    [Trait("Fault", "S14")]
    public async Task Migrating_leaves_modules_elsewhere_alone_and_needs_no_broker_for_them()
    {
        var (exitCode, errors, _) = await HostProcess.CommandAsync(
            _folder.Path,
            "migrate",
            $"--Database:Directory={_folder.Path}",
            "--Modules:Reviews:Placement=Remote",
            "--Auth:Authority=https://id.example/"
        );

        exitCode.ShouldBe(0, errors);
        Databases().ShouldBe(["orders.db", "riders.db"]);
    }

    [Fact]
    [Trait("Fault", "S14")]
    public async Task Migrating_refuses_a_misspelt_module_in_one_sentence()
    {
        var (exitCode, errors, _) = await HostProcess.CommandAsync(
            _folder.Path,
            "migrate",
            "--Modules:Order:Placement=Remote"
        );

        exitCode.ShouldBe(1);
        errors.Trim().ShouldStartWith("Modules:Order: ");
        errors.Trim().Split('\n').ShouldHaveSingleItem();
    }

    [Theory]
    [Trait("Fault", "G9")]
    [InlineData("extricate", "Orders")]
    [InlineData("Migrate")]
    [InlineData("--urls", "http://127.0.0.1:0", "serve")]
    [InlineData("run", "--urls=http://127.0.0.1:0")]
    public async Task An_unknown_command_is_refused_with_the_list_of_commands(params string[] arguments)
    {
        var (exitCode, errors, output) = await HostProcess.CommandAsync(_folder.Path, arguments);

        exitCode.ShouldBe(1);
        errors.ShouldContain("there is no such command");
        errors.ShouldContain("migrate");
        errors.ShouldContain("codegen");
        output.ShouldNotContain("listening");
    }

    [Fact]
    [Trait("Fault", "G9")]
    public async Task The_list_of_commands_is_to_be_had_by_asking_for_help()
    {
        var (exitCode, _, output) = await HostProcess.CommandAsync(_folder.Path, "--help");

        exitCode.ShouldBe(0);
        output.ShouldContain("migrate");
    }

    [Fact]
    [Trait("Fault", "G6")]
    public async Task Handlers_code_is_generated_as_it_stands_in_the_repository_whatever_is_configured()
    {
        var (exitCode, errors, _) = await HostProcess.CommandAsync(
            _folder.Path,
            "codegen",
            "write",
            "--urls",
            "http://127.0.0.1:0",
            "--Modules:Reviews:Placement=Off",
            "--Database:Engine=None"
        );

        exitCode.ShouldBe(0, errors);
        var written = FilesBelow(Path.Combine(_folder.Path, "Internal", "Generated"));
        written.ShouldBe(FilesBelow(Path.Combine(Repository.Root, "src/Host/Internal/Generated")));
        written.ShouldContainKey("Reviews_orders_order_delivered_v1.cs");
    }

    [Fact]
    [Trait("Fault", "G6")]
    public async Task Generating_anything_else_is_refused_in_one_sentence()
    {
        var (exitCode, errors, _) = await HostProcess.CommandAsync(_folder.Path, "codegen", "preview");

        exitCode.ShouldBe(1);
        errors.Trim().ShouldStartWith("codegen: ");
    }

    /// <summary>A handler that changed would keep the host from compiling, and so its code from being generated.</summary>
    [Theory]
    [Trait("Fault", "G6")]
    [InlineData("", true)]
    [InlineData("-property:GeneratedHandlers=false", false)]
    public async Task The_script_builds_a_host_without_the_code_that_it_is_about_to_generate(
        string property,
        bool isCompiled
    )
    {
        var script = Path.Combine(Repository.Root, "scripts", "generate-handlers");
        (await File.ReadAllTextAsync(script, TestContext.Current.CancellationToken)).ShouldContain(property);
        var start = new ProcessStartInfo(
            "dotnet",
            ["msbuild", Path.Combine(Repository.Root, "src/Host/Host.csproj"), "-getItem:Compile", property]
        )
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1" },
        };
        if (property.Length == 0)
            start.ArgumentList.RemoveAt(3);

        using var evaluation = Process.Start(start)!;
        var items = await evaluation.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await evaluation.WaitForExitAsync(TestContext.Current.CancellationToken);

        items.ShouldContain("GeneratedHandlers.cs");
        items
            .Contains("Reviews_orders_order_delivered_v1.cs", StringComparison.Ordinal)
            .ShouldBe(isCompiled, items);
    }

    public void Dispose() => _folder.Dispose();

    private IEnumerable<string> Databases() =>
        Directory
            .GetFiles(_folder.Path, "*.db")
            .Select(file => Path.GetFileName(file))
            .Order(StringComparer.Ordinal);

    private static Dictionary<string, string> FilesBelow(string folder) =>
        Directory
            .GetFiles(folder, "*.cs", SearchOption.AllDirectories)
            .ToDictionary(
                file => Path.GetFileName(file),
                file => File.ReadAllText(file).ReplaceLineEndings("\n"),
                StringComparer.Ordinal
            );
}
