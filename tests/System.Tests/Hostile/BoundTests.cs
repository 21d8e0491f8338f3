using System.Tests.Running;
using System.Text.Json.Nodes;

namespace System.Tests.Hostile;

/// <summary>Whoever reads the description of a call knows how many of a sort it takes.</summary>
[Trait("Fault", "A1")]
public sealed class BoundTests(SharedHost shared)
{
    [Fact]
    public async Task Every_list_that_a_call_takes_says_how_many_it_may_have()
    {
        var description = (await (await shared.ProcessAsync()).Api.GetAsync("/openapi/v1.json")).Json;
        var bodies = description["paths"]!
            .AsObject()
            .SelectMany(path =>
                path.Value!.AsObject().Select(call => (path.Key, Body: call.Value!["requestBody"]))
            )
            .Where(call => call.Body is not null);
        var (lists, unbounded) = (0, new List<string>());
        foreach (var (path, body) in bodies)
            Look(body!, path);

        lists.ShouldBeGreaterThan(5);
        unbounded.ShouldBeEmpty();

        void Look(JsonNode node, string where)
        {
            if (node is JsonArray items)
            {
                foreach (var item in items.OfType<JsonNode>())
                    Look(item, where);
            }
            if (node is not JsonObject members)
                return;
            if (IsList(members))
            {
                lists++;
                if (members["maxItems"] is null)
                    unbounded.Add(where);
            }
            foreach (var (name, value) in members)
            {
                if (name == "$ref")
                    Look(Find((string)value!), $"{where} {value}");
                else if (value is not null)
                    Look(value, $"{where}.{name}");
            }
        }

        JsonNode Find(string reference) =>
            reference.TrimStart('#', '/').Split('/').Aggregate(description, (at, step) => at[step]!);
    }

    private static bool IsList(JsonObject schema) =>
        schema["items"] is not null
        && schema["type"] switch
        {
            JsonArray several => several.Any(one => (string?)one == "array"),
            JsonValue one => (string?)one == "array",
            _ => false,
        };
}
