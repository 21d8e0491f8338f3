using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Architecture.Tests.Codebase;
using Architecture.Tests.Rules;

namespace Architecture.Tests.Contracts;

/// <summary>A document that is made from the code and kept in the repository.</summary>
/// <param name="Name">Where, from the repository's root.</param>
internal sealed record WrittenDocument(string Name)
{
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private string FullPath => Path.Combine(Repository.Root, Name);

    public string Text => File.Exists(FullPath) ? File.ReadAllText(FullPath) : "";

    public static string TextOf(JsonNode document) => document.ToJsonString(Layout) + '\n';

    public void Write(string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FullPath)!);
        File.WriteAllText(FullPath, text);
    }

    /// <summary>Whether it is kept as the code has it, and what to do where it is not.</summary>
    public Violations Against(string now)
    {
        var kept = Text.ReplaceLineEndings("\n");
        if (kept == now)
            return Violations.None;
        var line = kept.Split('\n').Zip(now.Split('\n')).TakeWhile(pair => pair.First == pair.Second).Count();
        return Violations.Of(
            Name,
            $"is not as the code has it, from line {line + 1} on; run {EventsStayAsApproved.Command}, which writes it."
        );
    }
}
