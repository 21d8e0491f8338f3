using System.Text.Json;
using System.Text.Json.Nodes;
using Architecture.Tests.Codebase;
using Architecture.Tests.Contracts;
using Architecture.Tests.Rules;

namespace Architecture.Tests.Specs;

/// <summary>
/// The product's modules beside a copy of their contracts in which something else was promised: to the rules it is as
/// if the code had changed. Outside, those listen whom a test names, and nobody else.
/// </summary>
internal sealed class PlantedChanges : IDisposable
{
    private readonly DirectoryInfo _contracts = Directory.CreateTempSubdirectory("contracts");
    private readonly string _projects;

    private PlantedChanges(string projects, string root)
    {
        _projects = projects;
        var kept = Path.Combine(root, "docs", "contracts");
        foreach (var file in Directory.EnumerateFiles(kept, "*.json", SearchOption.AllDirectories))
        {
            if (Path.GetFileName(file) == Listeners.FileName)
                continue;
            var copy = Path.Combine(_contracts.FullName, Path.GetRelativePath(kept, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    private Landscape Landscape => Landscape.At(_projects, _contracts.FullName);

    public static PlantedChanges OfProduct() => new(Path.Combine(Repository.Root, "src"), Repository.Root);

    public static PlantedChanges OfClean()
    {
        var clean = Path.Combine(Repository.Root, "tests", "Architecture.Fixtures", "Clean");
        return new PlantedChanges(clean, clean);
    }

    /// <summary>Somebody outside reads these members of an event.</summary>
    public PlantedChanges WithListener(string name, string alias, params string[] members)
    {
        File.WriteAllText(
            Path.Combine(_contracts.FullName, Listeners.FileName),
            JsonSerializer.Serialize(
                new[]
                {
                    new
                    {
                        name,
                        owner = "team-elsewhere",
                        reads = new Dictionary<string, string[]> { [alias] = members },
                    },
                }
            )
        );
        return this;
    }

    /// <summary>An event's schema was another before the change.</summary>
    public PlantedChanges Before(string alias, Action<JsonObject> change)
    {
        var path = PathOf(alias);
        var schema = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        change(schema);
        File.WriteAllText(path, schema.ToJsonString());
        return this;
    }

    /// <summary>There was an event before the change, which was like another that is there still.</summary>
    public PlantedChanges BeforeWas(string alias, string like, bool isThatNew)
    {
        var schema = JsonNode.Parse(File.ReadAllText(PathOf(like)))!.AsObject();
        schema["title"] = alias;
        File.WriteAllText(PathOf(alias), schema.ToJsonString());
        if (isThatNew)
            File.Delete(PathOf(like));
        return this;
    }

    /// <summary>What the gate says to it.</summary>
    public IReadOnlyList<string> Refusals()
    {
        var landscape = Landscape;
        return
        [
            .. new EventsStayAsApproved()
                .Check(landscape)
                .And(new OldEventsAreRead().Check(landscape))
                .Select(violation => violation.ToString()),
        ];
    }

    /// <summary>Writes down what may be, as the command does.</summary>
    public PlantedChanges Write()
    {
        EventFile.WriteAll(Landscape);
        return this;
    }

    public void Dispose() => _contracts.Delete(recursive: true);

    private string PathOf(string alias) =>
        Path.Combine(_contracts.FullName, alias.Split('.')[0], alias[(alias.IndexOf('.') + 1)..] + ".json");
}
