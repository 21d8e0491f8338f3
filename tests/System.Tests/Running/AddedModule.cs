using System.Text.RegularExpressions;

namespace System.Tests.Running;

/// <summary>A clone of this repository, thus of what is committed, to which a module was added by one command.</summary>
internal sealed partial class AddedModule : IDisposable
{
    private readonly TemporaryFolder _folder = new(TestEngine.Sqlite);
    private readonly string _module;

    private AddedModule(string module) => _module = module;

    /// <summary>What the command touched, as git names it: a line each, such as <c> M CODEOWNERS</c>.</summary>
    public IReadOnlyList<string> Touched { get; private set; } = [];

    /// <summary>The host that was built of the clone, with the module in it.</summary>
    public string HostAssembly => Path.Combine(Clone, "src", "Host", "bin", "Debug", "net10.0", "Host.dll");

    private string Clone => Path.Combine(_folder.Path, "monolith");

    /// <summary>Clones, and adds the module.</summary>
    public static async Task<AddedModule> InACloneAsync(string module)
    {
        var added = new AddedModule(module);
        try
        {
            await ShellCommand.EndsWellAsync(
                added._folder.Path,
                ["git", "clone", "--quiet", Repository.Root, added.Clone]
            );
            var said = await added.RunAsync("scripts/add-module", module);
            added.Touched = [.. Change().Matches(said).Select(line => line.Value)];
            return added;
        }
        catch
        {
            added.Dispose();
            throw;
        }
    }

    /// <summary>Builds a suite of the clone and has it pass.</summary>
    public async Task PassesAsync(string suite) =>
        (await RunAsync("dotnet", "run", "--project", $"tests/{suite}")).ShouldContain("Passed!");

    /// <summary>Runs a command to its end and returns what it wrote; one that fails fails the test.</summary>
    public Task<string> RunAsync(string command, params string[] arguments) =>
        // Lock files are written anew, which a build of CI's own refuses to do.
        ShellCommand.EndsWellAsync(Clone, [command, .. arguments], ("CI", ""));

    public void Dispose() => _folder.Dispose();

    [GeneratedRegex("^( M|\\?\\?) .+$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Change();
}
