using System.Text.RegularExpressions;

namespace System.Tests.Running;

/// <summary>
/// The commands of <c>docs/migration-guide</c>, in the order in which a reader comes to them: those of its first page and
/// then chapter after chapter, all in one terminal.
/// </summary>
internal sealed partial class MigrationGuide
{
    private const string BeginsBlock = "### ";

    /// <summary>Stands before the block whose values are the reader's own.</summary>
    private const string Settings = "<!-- settings -->";

    /// <summary>Begins a chapter whose commands another test runs, in folders of its own.</summary>
    private const string RunElsewhere = "<!-- run by ";

    private readonly List<(string Place, string Commands)> _blocks = [];

    private MigrationGuide() { }

    public static string Folder { get; } = Path.Combine(Repository.Root, "docs", "migration-guide");

    /// <summary>Where each block of commands stands: file and line.</summary>
    public IEnumerable<string> Places => _blocks.Select(block => block.Place);

    /// <summary>Reads its pages.</summary>
    /// <param name="settings">What a reader sets in the block of settings, by name.</param>
    public static MigrationGuide Read(IReadOnlyDictionary<string, string> settings)
    {
        var guide = new MigrationGuide();
        var pages = Directory.GetFiles(Folder, "??-*.md").Order(StringComparer.Ordinal);
        foreach (var page in pages.Prepend(Path.Combine(Folder, "README.md")))
            guide.Read(page, settings);
        return guide;
    }

    /// <summary>A copy in which one command is another.</summary>
    public MigrationGuide With(string command, string other)
    {
        var guide = new MigrationGuide();
        guide._blocks.AddRange(
            _blocks.Select(block =>
                (block.Place, block.Commands.Replace(command, other, StringComparison.Ordinal))
            )
        );
        guide._blocks.ShouldNotBe(_blocks, $"no page of the guide has '{command}'");
        return guide;
    }

    /// <summary>Runs its commands as they stand there, up to the first that fails.</summary>
    /// <param name="environment">What is set in the terminal besides.</param>
    /// <returns>Where it failed, null if nowhere; and what the terminal showed.</returns>
    public async Task<(string? FailedAt, string Shown)> RunAsync(
        params IReadOnlyList<(string Name, string Value)> environment
    )
    {
        var (exitCode, shown) = await ShellCommand.RunAsync(
            Repository.Root,
            ["bash", "-euo", "pipefail", "-c", Script()],
            environment
        );
        TestContext.Current.TestOutputHelper?.WriteLine(shown);
        return (exitCode == 0 ? null : Began().Matches(shown)[^1].Groups["place"].Value, shown);
    }

    /// <summary>All blocks, each behind its place; what they left running ends with the terminal.</summary>
    private string Script() =>
        string.Join(
            '\n',
            [
                "exec 2>&1",
                "trap 'kill -9 $(jobs -p) 2>/dev/null' EXIT",
                .. _blocks.Select(block => $"echo '{BeginsBlock}{block.Place}'\n{block.Commands}"),
            ]
        );

    private void Read(string page, IReadOnlyDictionary<string, string> settings)
    {
        var (number, begun, isSettings) = (0, 0, false);
        var commands = new List<string>();
        foreach (var line in File.ReadLines(page))
        {
            if (line.StartsWith(RunElsewhere, StringComparison.Ordinal))
                return;
            number++;
            if (begun == 0 && line == "```bash")
                begun = number;
            else if (begun > 0 && line == "```")
            {
                _blocks.Add(
                    (
                        $"{Path.GetFileName(page)}:{begun}",
                        isSettings ? Set(commands, settings) : string.Join('\n', commands)
                    )
                );
                commands.Clear();
                (begun, isSettings) = (0, false);
            }
            else if (begun > 0)
                commands.Add(line);
            else if (line.Length > 0)
                isSettings = line == Settings;
        }
        begun.ShouldBe(0, $"{page}:{begun}: a block that does not end");
    }

    /// <summary>The block of settings with a reader's values; one that it does not have has changed its name.</summary>
    private static string Set(List<string> commands, IReadOnlyDictionary<string, string> settings)
    {
        var left = settings.ToDictionary(StringComparer.Ordinal);
        var set = string.Join(
            '\n',
            commands.Select(line =>
                Setting()
                    .Replace(
                        line,
                        match =>
                            left.Remove(match.Groups["name"].Value, out var value)
                                ? $"{match.Groups["name"].Value}='{value}'"
                                : match.Value
                    )
            )
        );
        left.ShouldBeEmpty();
        return set;
    }

    [GeneratedRegex(@"(?<name>\b\w+)=(?<value>[^ ]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Setting();

    [GeneratedRegex("^### (?<place>.+?)\r?$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex Began();
}
