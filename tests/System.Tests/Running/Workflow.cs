using System.Text.Json.Nodes;
using YamlDotNet.Serialization;

namespace System.Tests.Running;

/// <summary>A job of <c>.github/workflows/ci.yml</c>, as far as it can be held against the repository without running it.</summary>
internal sealed class Workflow
{
    private readonly JsonNode _job;

    private Workflow(JsonNode job) => _job = job;

    public static Workflow Job(string name)
    {
        var file = Path.Combine(Repository.Root, ".github", "workflows", "ci.yml");
        var yaml = new DeserializerBuilder().Build().Deserialize(File.ReadAllText(file));
        var json = new SerializerBuilder().JsonCompatible().Build().Serialize(yaml);
        return new Workflow(JsonNode.Parse(json)!["jobs"]![name]!);
    }

    public IReadOnlyDictionary<string, string> Environment =>
        _job["env"]!.AsObject().ToDictionary(one => one.Key, one => $"{one.Value}", StringComparer.Ordinal);

    /// <summary>The engines that the job is run for, one after another.</summary>
    public IEnumerable<string> Engines =>
        _job["strategy"]!["matrix"]!["engine"]!.AsArray().Select(engine => $"{engine}");

    /// <summary>What its steps run, in order.</summary>
    public IReadOnlyList<string> Commands =>
        [.. _job["steps"]!.AsArray().Select(step => step!["run"]).OfType<JsonNode>().Select(run => $"{run}")];

    /// <summary>The projects whose tests it runs, as folders below the repository's root.</summary>
    public IEnumerable<string> Tested =>
        Commands
            .Where(command => command.Contains("dotnet test", StringComparison.Ordinal))
            .Select(command => command.Split("--project ")[1].Split(' ')[0]);

    /// <summary>What one of its services is told.</summary>
    public IReadOnlyDictionary<string, string> Service(string name) =>
        _job["services"]![name]!["env"]!
            .AsObject()
            .ToDictionary(one => one.Key, one => $"{one.Value}", StringComparer.Ordinal);

    /// <summary>The port on which a service can be reached from the steps.</summary>
    public string PortOf(string name) => $"{_job["services"]![name]!["ports"]![0]}".Split(':')[0];

    /// <summary>How it is found out whether a service answers.</summary>
    public string HealthOf(string name) => $"{_job["services"]![name]!["options"]}";
}
