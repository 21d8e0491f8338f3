using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace System.Tests.Running;

/// <summary>What <c>deploy/compose.yaml</c> says, read as the tool reads it: anchors and merges included.</summary>
internal sealed class Compose
{
    private static readonly string Folder = Path.Combine(Repository.Root, "deploy");

    private readonly ComposeFile _file;

    private Compose(ComposeFile file) => _file = file;

    public IEnumerable<string> Services => _file.Services.Keys;

    public static Compose Read()
    {
        using var text = File.OpenText(Path.Combine(Folder, "compose.yaml"));
        var file = new DeserializerBuilder()
            .WithNamingConvention(
                YamlDotNet.Serialization.NamingConventions.UnderscoredNamingConvention.Instance
            )
            .IgnoreUnmatchedProperties()
            .Build()
            .Deserialize<ComposeFile>(new MergingParser(new Parser(text)));
        return new Compose(file);
    }

    /// <summary>What services refer to and is neither in the file nor beside it.</summary>
    public IReadOnlyList<string> Dangling() =>
        [
            .. from service in _file.Services.Values
            from name in service
                .DependsOn.Keys.Where(name => !_file.Services.ContainsKey(name))
                .Concat(
                    service.Configs.Select(use => use.Source).Where(name => !_file.Configs.ContainsKey(name))
                )
                .Concat(service.Volumes.Select(volume => volume.Split(':')[0]).Where(IsNowhere))
            select name,
        ];

    private bool IsNowhere(string volume) =>
        volume.StartsWith('.')
            ? !Path.Exists(Path.Combine(Folder, volume))
            : !_file.Volumes.ContainsKey(volume);

    /// <summary>The services that are the platform's own image, and their settings.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Hosts(string image) =>
        _file
            .Services.Where(service => service.Value.Image == image)
            .ToDictionary(
                service => service.Key,
                service => (IReadOnlyDictionary<string, string>)service.Value.Environment,
                StringComparer.Ordinal
            );

    internal sealed class ComposeFile
    {
        public Dictionary<string, Service> Services { get; set; } = [];

        public Dictionary<string, object?> Volumes { get; set; } = [];

        public Dictionary<string, object?> Configs { get; set; } = [];
    }

    internal sealed class Service
    {
        public string Image { get; set; } = "";

        public Dictionary<string, string> Environment { get; set; } = [];

        public Dictionary<string, object?> DependsOn { get; set; } = [];

        public List<string> Volumes { get; set; } = [];

        public List<Use> Configs { get; set; } = [];
    }

    internal sealed class Use
    {
        public string Source { get; set; } = "";
    }
}
