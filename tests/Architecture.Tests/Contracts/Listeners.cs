using System.Text.Json;
using System.Text.Json.Serialization;
using Architecture.Tests.Codebase;

namespace Architecture.Tests.Contracts;

/// <summary>Somebody outside this repository who reads events.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Owner">Whom to ask.</param>
/// <param name="Reads">For each event, the members that it reads, by their paths; <c>*</c> for all.</param>
internal sealed record OutsideListener(
    string Name,
    string Owner,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Reads
)
{
    public override string ToString() => $"{Name} ({Owner})";

    public IReadOnlyList<string> MembersOf(string alias) => Reads.GetValueOrDefault(alias, []);

    /// <summary>Whether it is any of its business what becomes of a member.</summary>
    public bool ReadsMember(string alias, string member) =>
        MembersOf(alias)
            .Any(read =>
                read == "*" || member.Length == 0 || IsWithin(read, member) || IsWithin(member, read)
            );

    private static bool IsWithin(string path, string part) =>
        path == part
        || path.StartsWith($"{part}.", StringComparison.Ordinal)
        || path.StartsWith($"{part}[", StringComparison.Ordinal);
}

/// <summary>Those who listen to one event.</summary>
/// <param name="Alias">The event.</param>
/// <param name="Modules">The modules of this build that handle it, or did when its contract was last written.</param>
/// <param name="Outside">Those outside who say that they read it.</param>
internal sealed record Listeners(
    string Alias,
    IReadOnlyList<string> Modules,
    IReadOnlyList<OutsideListener> Outside
)
{
    /// <summary>Where those outside are registered, beside the contracts.</summary>
    public const string FileName = "listeners.json";

    private static readonly JsonSerializerOptions Spelling = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    /// <summary>Those who listen to an event, and listened to it under the name it had.</summary>
    public static Listeners Of(Landscape landscape, string alias, IEnumerable<string> before) =>
        new(
            alias,
            [
                .. InBuild(landscape, alias)
                    .Union(before, StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal),
            ],
            [.. landscape.Outside.Where(listener => listener.Reads.ContainsKey(alias))]
        );

    /// <summary>The modules of this build that handle an event, by name.</summary>
    public static IEnumerable<string> InBuild(Landscape landscape, string alias) =>
        landscape
            .Modules.Where(module => module.Handled.Any(handled => handled.Event.Alias == alias))
            .Select(module => module.Owner)
            .Order(StringComparer.Ordinal);

    /// <summary>Those outside, as the file beside the contracts has them; nobody where there is none.</summary>
    public static IReadOnlyList<OutsideListener> ReadFrom(string folder)
    {
        var file = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(file)
                ? JsonSerializer.Deserialize<List<OutsideListener>>(File.ReadAllText(file), Spelling)!
                : [];
        }
        catch (JsonException failure)
        {
            throw new InvalidDataException($"{file}: {failure.Message}", failure);
        }
    }

    /// <summary>Whom a change breaks, as a sentence has it.</summary>
    public string BrokenBy(SchemaChange change)
    {
        var broken = Modules
            .Concat(
                change.OnlyOlder
                    ? []
                    : Outside
                        .Where(listener => listener.ReadsMember(Alias, change.Member))
                        .Select(listener => $"{listener}")
            )
            .ToList();
        return broken.Count > 0 ? string.Join(", ", broken) : "nobody who is known";
    }
}
