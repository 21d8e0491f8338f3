using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Brokers;
using Platform.Modules;

namespace Host.Edge;

/// <summary>What the modules of this build say and hear, wherever each of them runs.</summary>
/// <param name="Modules">Every module of the build.</param>
/// <param name="Prefix">What names at the broker begin with.</param>
internal sealed record StreamContracts(IReadOnlyList<ModuleDefinition> Modules, string Prefix)
{
    private const string DocumentPath = "/asyncapi/v1.json";

    public static StreamContracts From(IConfiguration configuration, IEnumerable<IModule> modules) =>
        new(
            [.. modules.Select(module => module.Define())],
            configuration["Broker:Prefix"] is { Length: > 0 } prefix ? prefix : new BrokerOptions().Prefix
        );

    /// <summary>As an AsyncAPI 3 document.</summary>
    public JsonObject Describe() => StreamDescription.Of(Modules, Prefix);

    /// <summary>For programs; people find the same at <c>/docs/streams</c>.</summary>
    public static void Map(WebApplication app) =>
        app.MapGet(DocumentPath, new MadeOnce(AnswerAsync).AnswerAsync)
            .AllowAnonymous()
            .ExcludeFromDescription();

    private static Task AnswerAsync(HttpContext http)
    {
        var document = http.RequestServices.GetRequiredService<StreamContracts>().Describe();
        return http.Response.WriteAsJsonAsync(document, JsonSerializerOptions.Web, http.RequestAborted);
    }
}
