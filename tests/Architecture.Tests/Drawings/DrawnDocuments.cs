using System.Text;
using Architecture.Tests.Codebase;
using Architecture.Tests.Contracts;

namespace Architecture.Tests.Drawings;

/// <summary>
/// The documents that are drawn from the code: a canvas for each module, and the pictures in
/// <c>docs/architecture.md</c>, each between two comments that name it.
/// </summary>
internal static class DrawnDocuments
{
    public const string Note = "Drawn from the code by scripts/write-contracts: change the code, not this.";

    private const string Opens = "<!-- drawn: ";
    private const string Ends = "<!-- end -->";
    private const string RoomsOf = "rooms of ";

    private static readonly WrittenDocument Architecture = new("docs/architecture.md");

    /// <summary>Each document, with what it should say.</summary>
    public static async Task<IReadOnlyList<(WrittenDocument Document, string Now)>> AllAsync()
    {
        var landscape = Landscape.OfRepository();
        var api = await ApiDocument.NowAsync();
        return
        [
            .. landscape.Modules.Select(module =>
                (
                    new WrittenDocument($"docs/modules/{module.Schema}.md"),
                    new Canvas(module, landscape, api).Draw().TrimEnd() + '\n'
                )
            ),
            (Architecture, Redrawn(Architecture.Text.ReplaceLineEndings("\n"), landscape)),
        ];
    }

    /// <summary>A page with its pictures as the code has them now.</summary>
    public static string Redrawn(string page, Landscape landscape)
    {
        var text = new StringBuilder();
        var rest = page;
        while (rest.Split(Opens, 2) is [var before, var behind])
        {
            if (
                behind.Split(" -->\n", 2) is not [var name, var drawn]
                || drawn.Split(Ends, 2) is not [_, var after]
            )
                throw new InvalidDataException($"A picture is not closed: {Opens}{behind.Split('\n')[0]}");
            text.Append(before).Append(Opens).Append(name).Append(" -->\n");
            text.Append(Picture(name, landscape)).Append(Ends);
            rest = after;
        }
        return text.Append(rest).ToString();
    }

    private static string Picture(string name, Landscape landscape) =>
        name switch
        {
            "containers" => Views.Containers(landscape),
            "event flow" => Views.EventFlow(landscape),
            "modules" => string.Concat(
                landscape
                    .Modules.OrderBy(module => module.Owner, StringComparer.Ordinal)
                    .Select(module =>
                        $"- [{module.Owner}](modules/{module.Schema}.md): {Platform.Streams.DocComments.Of(module.Loaded).SummaryOf(module.FrontDoors[0].GetType())}\n"
                    )
            ),
            _ when name.StartsWith(RoomsOf, StringComparison.Ordinal) => Views.Rooms(
                landscape.Projects.Single(project => project.Name == name[RoomsOf.Length..])
            ),
            _ => throw new InvalidDataException(
                $"docs/architecture.md: nothing is drawn by the name '{name}'."
            ),
        };
}
