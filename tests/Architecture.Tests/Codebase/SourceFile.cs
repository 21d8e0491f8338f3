using System.Text.RegularExpressions;

namespace Architecture.Tests.Codebase;

/// <summary>A C# file somebody wrote.</summary>
internal sealed partial class SourceFile
{
    private SourceFile(string root, string file)
    {
        Path = file;
        RelativeFolder = System.IO.Path.GetDirectoryName(System.IO.Path.GetRelativePath(root, file))!;
        Text = File.ReadAllText(file);
    }

    public string Path { get; }

    public string Name => System.IO.Path.GetFileName(Path);

    public string RelativeFolder { get; }

    /// <summary>The first folder below the project's own; empty for the project's own.</summary>
    public string Room => Folders.FirstOrDefault("");

    public IEnumerable<string> Folders =>
        RelativeFolder.Split(System.IO.Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);

    public string Text { get; }

    /// <summary>The text without comments and string literals.</summary>
    public string Code => Prose().Replace(Text, "");

    public IEnumerable<string> Namespaces =>
        Namespace().Matches(Text).Select(match => match.Groups["name"].Value);

    public IEnumerable<string> Usings => Using().Matches(Text).Select(match => match.Groups["name"].Value);

    public bool DeclaresTypes => TypeDeclaration().IsMatch(Text);

    public string PlaceIn(Project project) => $"{project.Name}/{string.Join('/', Folders.Append(Name))}";

    public static IEnumerable<SourceFile> Under(string folder) =>
        Directory
            .EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(file => new SourceFile(folder, file))
            .Where(source =>
                source.Room is not ("bin" or "obj")
                && !source.Folders.Contains("Generated", StringComparer.Ordinal)
            );

    [GeneratedRegex(
        @"(?s)'(\\.|[^'\\\n])'|\x22{3,}.*?\x22{3,}|/\*.*?\*/|//[^\n]*|@\x22([^\x22]|\x22\x22)*\x22|\x22(\\.|[^\x22\\\n])*\x22",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Prose();

    [GeneratedRegex(
        @"^\s*namespace\s+(?<name>[\w.]+)",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Namespace();

    [GeneratedRegex(
        @"^\s*(global\s+)?using\s+(static\s+)?(\w+\s*=\s*)?(global::)?(?<name>[\w.]+)(<[^;]*>)?\s*;",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Using();

    [GeneratedRegex(
        @"^\s*((public|internal|file|sealed|static|abstract|partial|readonly|ref|unsafe)\s+)*(class|struct|record|interface|enum)\s+\w",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex TypeDeclaration();
}
