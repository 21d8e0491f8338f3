using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Architecture.Tests.Codebase;
using Architecture.Tests.Rules;
using Platform.Streams;

namespace Architecture.Tests.Contracts;

/// <summary>
/// What listeners were promised of one event: its schema, who listens to it, and an example of every shape that it
/// ever had. A file for each, <c>docs/contracts/&lt;stream&gt;/&lt;event&gt;.json</c>, reviewed like code.
/// </summary>
/// <param name="Alias">The event.</param>
/// <param name="Path">Where the file is, whether or not it is there.</param>
/// <param name="Schema">What it says.</param>
internal sealed record EventFile(string Alias, string Path, JsonObject Schema)
{
    private const string ListenersWord = "x-listeners";
    private const string ExamplesWord = "examples";

    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The file as violations call it.</summary>
    public string Name => System.IO.Path.GetRelativePath(Repository.Root, Path).Replace('\\', '/');

    /// <summary>The modules that listened when it was written.</summary>
    public IEnumerable<string> Listeners => ListOf(ListenersWord).Select(name => $"{name}");

    /// <summary>How the event has been written, in the order in which it came to be so.</summary>
    public IEnumerable<JsonNode> Examples => ListOf(ExamplesWord).OfType<JsonNode>();

    /// <summary>What was promised of a module's events.</summary>
    public static IReadOnlyList<EventFile> Of(Project contracts) =>
        Directory.Exists(contracts.Promises)
            ?
            [
                .. Directory
                    .EnumerateFiles(contracts.Promises, "*.json")
                    .Order(StringComparer.Ordinal)
                    .Select(Read),
            ]
            : [];

    /// <summary>What the code promises now, with the examples that were kept.</summary>
    public static EventFile Now(Project contracts, Type type, IEnumerable<string> listeners)
    {
        var happened = EventType.Of(type);
        var before = Of(contracts).FirstOrDefault(file => file.Alias == happened.Alias);
        var schema = EventSchema.Of(happened);
        schema[ListenersWord] = new JsonArray([.. listeners.Select(name => JsonValue.Create(name))]);
        var examples = before?.Examples.Select(example => example.DeepClone()).ToList() ?? [];
        if (!examples.Exists(example => EventExamples.IsWhole(example, schema)))
            examples.Add(EventExamples.Of(schema));
        schema[ExamplesWord] = new JsonArray([.. examples]);
        return new EventFile(happened.Alias, before?.Path ?? PathOf(contracts, happened.Alias), schema);
    }

    /// <summary>Writes down what the code promises now, of each event whose listeners that breaks not.</summary>
    public static void WriteAll(Landscape landscape)
    {
        foreach (var project in landscape.Contracts)
        foreach (var type in EventContract.EventsOf(project))
        {
            if (
                EventContract.AliasOf(type) is { } alias
                && !EventsStayAsApproved.Breaks(alias, project, landscape).Any()
            )
                Now(project, type, Contracts.Listeners.InBuild(landscape, alias)).Write();
        }
    }

    public bool Says(EventFile other) => JsonNode.DeepEquals(Schema, other.Schema);

    /// <summary>Whether the event has a member, by its path, such as <c>pickUp.latitude</c>.</summary>
    public bool Has(string member) =>
        member
            .Split('.')
            .Aggregate(
                (JsonNode?)Schema,
                (schema, name) =>
                    schema is null
                        ? null
                        : SchemaView
                            .Of(schema, Schema)
                            .Members.GetValueOrDefault(name.Replace("[]", "", StringComparison.Ordinal))
            )
            is not null;

    public void Write()
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        File.WriteAllText(Path, Schema.ToJsonString(Layout) + '\n');
    }

    private static EventFile Read(string path)
    {
        try
        {
            var schema = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
            return new EventFile($"{schema["title"]}", path, schema);
        }
        catch (JsonException failure)
        {
            throw new InvalidDataException($"{path}: {failure.Message}", failure);
        }
    }

    private static string PathOf(Project contracts, string alias) =>
        System.IO.Path.Combine(
            contracts.Promises,
            (
                alias.StartsWith($"{contracts.Schema}.", StringComparison.Ordinal)
                    ? alias[(contracts.Schema.Length + 1)..]
                    : alias
            ) + ".json"
        );

    private IEnumerable<JsonNode?> ListOf(string word) => Schema[word] as JsonArray ?? [];
}
