using System.Globalization;
using System.Tests.Running;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace System.Tests.Kubernetes;

/// <summary>One way of running the platform on a cluster: a folder below <c>deploy/kubernetes/overlays</c>.</summary>
internal sealed class Overlay
{
    private readonly IReadOnlyList<IKubernetesObject<V1ObjectMeta>> _objects;

    private Overlay(IEnumerable<JsonObject> documents, Secrets secrets) =>
        (_objects, Secrets) = ([.. documents.Select(Schema.Read)], secrets);

    public static string Folder { get; } = Path.Combine(Repository.Root, "deploy", "kubernetes");

    /// <summary>The overlays that there are.</summary>
    public static IEnumerable<string> Names =>
        Directory
            .EnumerateDirectories(Path.Combine(Folder, "overlays"))
            .Select(path => Path.GetFileName(path)!)
            .Order(StringComparer.Ordinal);

    public Secrets Secrets { get; }

    public static Overlay Read(string name) => new(Documents(name), Secrets.Read());

    /// <summary>One in which somebody made a mistake.</summary>
    /// <param name="name">The overlay.</param>
    /// <param name="what">The first document of a kind, or the one of a kind and name.</param>
    /// <param name="path">Where in it, as JSON Pointer writes it without its first slash.</param>
    /// <param name="value">What stands there, as JSON.</param>
    public static Overlay Spoilt(string name, string what, string path, string value)
    {
        var documents = Documents(name);
        JsonNode at = documents.First(document =>
            $"{document["kind"]}" == what || $"{document["kind"]} {document["metadata"]!["name"]}" == what
        );
        var steps = path.Split('/')
            .Select(step => step.Replace("~1", "/", StringComparison.Ordinal))
            .ToList();
        foreach (var step in steps.SkipLast(1))
            at = at is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)]! : at[step]!;
        at[steps[^1]] = JsonNode.Parse(value);
        return new Overlay(documents, Secrets.Read());
    }

    public IEnumerable<T> All<T>()
        where T : IKubernetesObject<V1ObjectMeta> => _objects.OfType<T>();

    public IEnumerable<IKubernetesObject<V1ObjectMeta>> Objects => _objects;

    /// <summary>What makes pods, with the pods that it makes.</summary>
    public IEnumerable<(string Owner, V1PodTemplateSpec Pod)> Pods =>
        All<V1Deployment>()
            .Select(one => ($"Deployment {one.Metadata.Name}", one.Spec.Template))
            .Concat(All<V1Job>().Select(one => ($"Job {one.Metadata.Name}", one.Spec.Template)));

    public V1Container Container(string owner, string container) =>
        Containers(Pods.Single(pod => pod.Owner == owner).Pod).Single(one => one.Name == container);

    public static IEnumerable<V1Container> Containers(V1PodTemplateSpec pod) =>
        [.. pod.Spec.InitContainers ?? [], .. pod.Spec.Containers];

    /// <summary>What a container's process is told: the later of two of a name wins, as in the cluster.</summary>
    public Dictionary<string, string> EnvironmentOf(V1Container container)
    {
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var source in container.EnvFrom ?? [])
        {
            foreach (
                var (name, value) in source.ConfigMapRef is { } map
                    ? ConfigMap(map.Name)
                    : Secrets.Of(source.SecretRef.Name)
            )
                environment[name] = value;
        }
        foreach (var one in container.Env ?? [])
            environment[one.Name] = one.Value;
        return environment;
    }

    private static IReadOnlyList<JsonObject> Documents(string name) =>
        Kustomization.Render(Path.Combine(Folder, "overlays", name));

    private IEnumerable<KeyValuePair<string, string>> ConfigMap(string name) =>
        All<V1ConfigMap>().Single(map => map.Metadata.Name == name).Data;
}
