using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Architecture.Tests.Codebase;

namespace Architecture.Tests.Contracts;

/// <summary>
/// Finds what breaks callers of the HTTP API between two descriptions of it. A new operation, a new answer member or a
/// request member that may be left out breaks nobody.
/// </summary>
internal sealed class ApiComparison
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "patch"];

    private readonly JsonObject _before;
    private readonly JsonObject _now;

    private ApiComparison(JsonObject before, JsonObject now) => (_before, _now) = (before, now);

    public static Violations Breaks(JsonObject before, JsonObject now)
    {
        var comparison = new ApiComparison(before, now);
        var successors = OperationsOf(now).ToDictionary(one => one.Key, StringComparer.Ordinal);
        return Violations.Of(
            OperationsOf(before)
                .SelectMany(operation =>
                    successors.TryGetValue(operation.Key, out var successor)
                        ? comparison.Changes(operation, successor)
                        : [Break(operation.Name, "", "is gone")]
                )
        );
    }

    private IEnumerable<Violation> Changes(Operation was, Operation becomes)
    {
        if (was.Node["security"] is null && becomes.Node["security"] is not null)
            yield return Break(was.Name, "", "wants a token, which it did not before");
        foreach (
            var found in Parameters(was, becomes).Concat(Body(was, becomes)).Concat(Answers(was, becomes))
        )
            yield return found;
    }

    private IEnumerable<Violation> Parameters(Operation was, Operation becomes)
    {
        var (before, now) = (was.Parameters(_before), becomes.Parameters(_now));
        foreach (var (key, parameter) in before)
        {
            if (!now.TryGetValue(key, out var successor))
            {
                yield return Break(was.Name, key, "is gone");
                continue;
            }
            if (IsRequired(successor) && !IsRequired(parameter))
                yield return Break(was.Name, key, "must be there, which it need not be before");
            foreach (
                var found in Schemas(Reading.Request, was.Name, key, parameter["schema"], successor["schema"])
            )
                yield return found;
        }
        foreach (var (key, _) in now.Where(one => !before.ContainsKey(one.Key) && IsRequired(one.Value)))
            yield return Break(was.Name, key, "is new and must be there");
    }

    private IEnumerable<Violation> Body(Operation was, Operation becomes)
    {
        var (before, now) = (was.Node["requestBody"], becomes.Node["requestBody"]);
        if (now is not null && IsRequired(now) && (before is null || !IsRequired(before)))
            yield return Break(was.Name, "request", "must have a body, which it need not have before");
        foreach (var found in Contents(Reading.Request, was.Name, "request", before, now))
            yield return found;
    }

    private IEnumerable<Violation> Answers(Operation was, Operation becomes)
    {
        var (before, now) = (AnswersOf(was), AnswersOf(becomes));
        foreach (var (status, answer) in before)
        {
            if (!now.TryGetValue(status, out var successor))
            {
                yield return Break(was.Name, $"answer {status}", "is gone");
                continue;
            }
            foreach (var found in Contents(Reading.Answer, was.Name, $"answer {status}", answer, successor))
                yield return found;
        }
        // Callers take any refusal for a refusal, but know of no other success.
        foreach (
            var status in now.Keys.Where(status => !before.ContainsKey(status) && status[0] is '2' or '3')
        )
            yield return Break(was.Name, $"answer {status}", "is another way to succeed");
    }

    private IEnumerable<Violation> Contents(
        Reading reading,
        string operation,
        string place,
        JsonNode? was,
        JsonNode? becomes
    )
    {
        foreach (var (type, content) in was?["content"] as JsonObject ?? [])
        {
            if (becomes?["content"]?[type] is not { } successor)
            {
                yield return Break(operation, place, $"is no {type} any more");
                continue;
            }
            foreach (var found in Schemas(reading, operation, place, content?["schema"], successor["schema"]))
                yield return found;
        }
    }

    private IEnumerable<Violation> Schemas(
        Reading reading,
        string operation,
        string place,
        JsonNode? was,
        JsonNode? becomes
    ) =>
        new SchemaComparison(reading, _before, _now)
            .Between(was, becomes, "")
            .Where(change => change.Breaks)
            .Select(change => Break(operation, $"{place} {change.Member}", change.What));

    private static Violation Break(string operation, string place, string what) =>
        new(
            $"{operation} {place}".Trim().TrimEnd(':'),
            $"{what}, which breaks those who call it; leave it as it was and add another beside it."
        );

    private static IEnumerable<Operation> OperationsOf(JsonObject document) =>
        (document["paths"] as JsonObject ?? []).SelectMany(path =>
            Methods
                .Where(method => path.Value?[method] is not null)
                .Select(method => new Operation(
                    $"{method.ToUpperInvariant()} {path.Key}",
                    path.Value![method]!.AsObject()
                ))
        );

    private static bool IsRequired(JsonNode node) => node["required"] is JsonValue value && (bool)value;

    private static Dictionary<string, JsonNode> AnswersOf(Operation operation) =>
        (operation.Node["responses"] as JsonObject ?? []).ToDictionary(
            answer => answer.Key,
            answer => answer.Value!,
            StringComparer.Ordinal
        );

    private sealed record Operation(string Name, JsonObject Node)
    {
        /// <summary>The method and path, whatever the parts of the path are called that vary.</summary>
        public string Key =>
            Regex.Replace(Name, @"\{[^}]*\}", "{}", RegexOptions.None, TimeSpan.FromSeconds(1));

        /// <summary>By where they are and their names, of which callers do not see those in the path.</summary>
        public Dictionary<string, JsonNode> Parameters(JsonNode root)
        {
            var found = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
            foreach (var parameter in Node["parameters"] as JsonArray ?? [])
            {
                var resolved = parameter!["$ref"] is { } reference
                    ? root["components"]!["parameters"]![$"{reference}".Split('/')[^1]]!
                    : parameter;
                var place = $"{resolved["in"]}";
                var name = place == "path" ? $"{Place($"{resolved["name"]}")}" : $"{resolved["name"]}";
                found[$"{place} {name}"] = resolved;
            }
            return found;
        }

        /// <summary>Which of the parts that vary it is, from 1.</summary>
        private int Place(string name) => Name.Split($"{{{name}}}")[0].Count(letter => letter == '{') + 1;
    }
}
