using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace System.Tests.Running;

/// <summary>What <c>deploy/compose.yaml</c> says, read as the tool reads it: anchors and merges included.</summary>
internal sealed class Compose
{
    private readonly Dictionary<string, Service> _services;

    private Compose(Dictionary<string, Service> services) => _services = services;

    public IEnumerable<string> Services => _services.Keys;

    public static Compose Read()
    {
        using var text = File.OpenText(Path.Combine(Repository.Root, "deploy", "compose.yaml"));
        var file = new DeserializerBuilder()
            .WithNamingConvention(
                YamlDotNet.Serialization.NamingConventions.UnderscoredNamingConvention.Instance
            )
            .IgnoreUnmatchedProperties()
            .Build()
            .Deserialize<ComposeFile>(new MergingParser(new Parser(text)));
        return new Compose(file.Services);
    }

    /// <summary>The services that are the platform's own image, and their settings.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Hosts(string image) =>
        _services
            .Where(service => service.Value.Image == image)
            .ToDictionary(
                service => service.Key,
                service => (IReadOnlyDictionary<string, string>)service.Value.Environment,
                StringComparer.Ordinal
            );

    internal sealed class ComposeFile
    {
        public Dictionary<string, Service> Services { get; set; } = [];
    }

    internal sealed class Service
    {
        public string Image { get; set; } = "";

        public Dictionary<string, string> Environment { get; set; } = [];
    }
}
