using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace System.Tests.Kubernetes;

/// <summary>
/// What <c>kubectl kustomize</c> makes of a folder, as far as the files of <c>deploy/kubernetes</c> go: resources, a
/// namespace, ConfigMaps of literals, images. A field beyond these is refused, as it would not be tested. ConfigMaps keep
/// their plain names: that the tool adds a hash to them and to what refers to them changes nothing here.
/// </summary>
internal static class Kustomization
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
    };

    /// <summary>Every document of the folder, as the cluster is sent it.</summary>
    public static IReadOnlyList<JsonObject> Render(string folder)
    {
        var fields = Read(folder);
        List<JsonObject> documents =
        [
            .. fields.Resources.SelectMany(resource => Load(Path.Combine(folder, resource))),
        ];
        foreach (var generated in fields.ConfigMapGenerator)
            Generate(generated, documents);
        foreach (var document in documents.Where(document => $"{document["kind"]}" != "Namespace"))
        {
            if (fields.Namespace is { } name)
                document["metadata"]!["namespace"] = name;
        }
        foreach (var image in fields.Images)
            Replace(image, documents);
        return documents;
    }

    private static IReadOnlyList<JsonObject> Load(string path) =>
        Directory.Exists(path) ? Render(path) : Yaml.Read(path);

    private static Fields Read(string folder)
    {
        var file = Yaml.Read(Path.Combine(folder, "kustomization.yaml")).ShouldHaveSingleItem();
        var fields = file.Deserialize<Fields>(Strict)!;
        (fields.ApiVersion, fields.Kind).ShouldBe(
            ("kustomize.config.k8s.io/v1beta1", "Kustomization"),
            folder
        );
        return fields;
    }

    private static void Generate(Generated generated, List<JsonObject> documents)
    {
        var known = documents.SingleOrDefault(document =>
            $"{document["kind"]}" == "ConfigMap" && $"{document["metadata"]!["name"]}" == generated.Name
        );
        if (generated.Behavior is "merge" != known is not null)
            throw new FormatException($"{generated.Name}: a ConfigMap is generated once, and then merged.");
        if (known is null)
        {
            known = new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "ConfigMap",
                ["metadata"] = new JsonObject
                {
                    ["name"] = generated.Name,
                    ["namespace"] = generated.Namespace,
                },
                ["data"] = new JsonObject(),
            };
            documents.Add(known);
        }
        if ($"{known["metadata"]!["namespace"]}" != generated.Namespace)
            throw new FormatException(
                $"{generated.Name}: it is merged in the namespace that it was generated in."
            );
        foreach (var literal in generated.Literals)
            known["data"]![literal[..literal.IndexOf('=')]] = literal[(literal.IndexOf('=') + 1)..];
    }

    private static void Replace(Image image, List<JsonObject> documents)
    {
        foreach (
            var container in documents.SelectMany(Containers).Where(one => $"{one["image"]}" == image.Name)
        )
            container["image"] = $"{image.NewName}:{image.NewTag}";
    }

    private static IEnumerable<JsonNode> Containers(JsonObject document) =>
        document["spec"]?["template"]?["spec"] is not { } pod
            ? []
            : ((string[])["initContainers", "containers"])
                .Select(list => pod[list]?.AsArray())
                .OfType<JsonArray>()
                .SelectMany(list => list)
                .OfType<JsonNode>();

    private sealed record Fields
    {
        public required string ApiVersion { get; init; }

        public required string Kind { get; init; }

        public string? Namespace { get; init; }

        public required IReadOnlyList<string> Resources { get; init; }

        public IReadOnlyList<Generated> ConfigMapGenerator { get; init; } = [];

        public IReadOnlyList<Image> Images { get; init; } = [];
    }

    private sealed record Generated
    {
        public required string Name { get; init; }

        public required string Namespace { get; init; }

        public string Behavior { get; init; } = "create";

        public required IReadOnlyList<string> Literals { get; init; }
    }

    private sealed record Image
    {
        public required string Name { get; init; }

        public required string NewName { get; init; }

        public required string NewTag { get; init; }
    }
}
