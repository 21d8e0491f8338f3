using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace System.Tests.Kubernetes;

/// <summary>
/// The API's published schema, as the client library's models have it, strictly read: a field that a model does not
/// have, or a value of another type, is refused, as the server refuses it.
/// </summary>
internal static class Schema
{
    private static readonly JsonSerializerOptions Strict = new()
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
    };

    private static readonly Dictionary<string, Type> Kinds = typeof(V1Pod)
        .Assembly.GetTypes()
        .Where(type => typeof(IKubernetesObject<V1ObjectMeta>).IsAssignableFrom(type))
        .Select(type => (Type: type, Entity: type.GetCustomAttribute<KubernetesEntityAttribute>()))
        .Where(known => known.Entity is not null)
        .ToDictionary(
            known =>
                Named($"{known.Entity!.Group}/{known.Entity.ApiVersion}".TrimStart('/'), known.Entity.Kind),
            known => known.Type,
            StringComparer.Ordinal
        );

    /// <summary>The document as an object of its kind.</summary>
    /// <exception cref="FormatException">It is not what the API takes.</exception>
    public static IKubernetesObject<V1ObjectMeta> Read(JsonObject document)
    {
        var kind = Named($"{document["apiVersion"]}", $"{document["kind"]}");
        if (!Kinds.TryGetValue(kind, out var type))
            throw new FormatException($"The API has no {kind}.");
        try
        {
            return (IKubernetesObject<V1ObjectMeta>)document.Deserialize(type, Strict)!;
        }
        catch (Exception refused) when (refused is JsonException or FormatException)
        {
            throw new FormatException($"{kind} {document["metadata"]?["name"]}: {refused.Message}", refused);
        }
    }

    private static string Named(string version, string kind) => $"{kind} of {version}";
}
