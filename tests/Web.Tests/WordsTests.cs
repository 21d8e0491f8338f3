using System.Text.Json;
using System.Text.RegularExpressions;

namespace Web.Tests;

/// <summary>What pages say in English they say in Korean as well.</summary>
public sealed partial class WordsTests
{
    [Theory]
    [InlineData("src/Host/Pages", "src/Host/Pages")]
    [InlineData("src/Host/ControlRoom", "src/Host/Pages")]
    [InlineData("src/Modules/Orders/Module/Pages", "src/Modules/Orders/Module/Pages")]
    [InlineData("src/Modules/Riders/Module/Pages", "src/Modules/Riders/Module/Pages")]
    [InlineData("src/Modules/Reviews/Module/Pages", "src/Modules/Reviews/Module/Pages")]
    public void Every_text_of_a_page_has_its_Korean(string room, string words)
    {
        var folder = Path.Combine(Root(), room);
        var korean = JsonSerializer.Deserialize<Dictionary<string, string>>(
            File.ReadAllText(Path.Combine(Root(), words, "ko.json"))
        )!;
        var said = Directory
            .GetFiles(folder)
            .Where(file => Path.GetExtension(file) is ".razor" or ".cs")
            .Select(File.ReadAllText)
            .SelectMany(page => Text().Matches(page).Concat(Chosen().Matches(page)))
            .Select(match => match.Groups["text"].Value)
            .ToHashSet(StringComparer.Ordinal);

        said.ShouldNotBeEmpty();
        said.Except(korean.Keys).ShouldBeEmpty();
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Monolith.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }

    /// <summary>A text that a page chooses by what it shows.</summary>
    [GeneratedRegex(
        """ => "(?<text>[A-Z][^"\\]+)",?\s*$""",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        1000
    )]
    private static partial Regex Chosen();

    [GeneratedRegex("""\bT\("(?<text>[^"\\]+)"[,)]""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Text();
}
