using System.Text.Json.Nodes;

namespace Architecture.Tests.Contracts;

/// <summary>Finds what changed between two JSON schemas and whether it breaks those who read or write by them.</summary>
internal sealed class SchemaComparison(Reading reading, JsonNode before, JsonNode now)
{
    private static readonly string[] Bounds =
    [
        "pattern",
        "minLength",
        "maxLength",
        "minimum",
        "maximum",
        "minItems",
        "maxItems",
    ];

    private readonly HashSet<(string, string)> _open = [];

    /// <summary>The differences of the two roots.</summary>
    public static IEnumerable<SchemaChange> Of(Reading reading, JsonNode before, JsonNode now) =>
        new SchemaComparison(reading, before, now).Between(before, now, "");

    /// <summary>The differences of two schemas below the roots.</summary>
    public IEnumerable<SchemaChange> Between(JsonNode? was, JsonNode? becomes, string at)
    {
        var pair = ($"{was?["$ref"]}", $"{becomes?["$ref"]}");
        var isNamed = pair.Item1.Length + pair.Item2.Length > 0;
        if (isNamed && !_open.Add(pair))
            return [];
        var changes = Compare(SchemaView.Of(was, before), SchemaView.Of(becomes, now), at).ToList();
        if (isNamed)
            _open.Remove(pair);
        return changes;
    }

    private IEnumerable<SchemaChange> Compare(SchemaView was, SchemaView becomes, string at)
    {
        if (!was.Types.SetEquals(becomes.Types))
        {
            var breaks = reading switch
            {
                Reading.Answer => !becomes.Types.IsSubsetOf(was.Types),
                Reading.Request => !becomes.Types.IsSupersetOf(was.Types),
                _ => true,
            };
            yield return new SchemaChange(at, $"is {becomes.Type} instead of {was.Type}", breaks);
            if (breaks)
                yield break;
        }
        else if (was.Format != becomes.Format)
        {
            yield return new SchemaChange(at, $"is {becomes.Type} instead of {was.Type}", Breaks: true);
            yield break;
        }
        foreach (var bound in Bounds.Where(_ => reading == Reading.Request))
        {
            if (becomes.Text(bound) is { } bounded && bounded != was.Text(bound))
                yield return new SchemaChange(at, $"is bounded by {bound} {bounded}", Breaks: true);
        }
        foreach (var change in Values(was, becomes, at).Concat(Members(was, becomes, at)))
            yield return change;
        foreach (var (part, suffix) in new[] { ("items", "[]"), ("additionalProperties", "{}") })
        {
            if (was.Find(part) is { } inner)
            {
                foreach (var change in Between(inner, becomes.Find(part), at + suffix))
                    yield return change;
            }
        }
        foreach (var change in Alternatives(was, becomes, at))
            yield return change;
    }

    private IEnumerable<SchemaChange> Values(SchemaView was, SchemaView becomes, string at)
    {
        if (was.Values is not { } known)
        {
            if (becomes.Values is { } first)
                yield return new SchemaChange(
                    at,
                    $"is one of {string.Join(", ", first)} from now on",
                    reading == Reading.Request
                );
            yield break;
        }
        if (becomes.Values is not { } values)
        {
            yield return new SchemaChange(
                at,
                "may be anything instead of one of a few",
                reading != Reading.Request
            );
            yield break;
        }
        foreach (var added in values.Except(known, StringComparer.Ordinal))
            yield return new SchemaChange(
                at,
                $"may be '{added}', which was none of its values",
                reading != Reading.Request
            );
        foreach (var gone in known.Except(values, StringComparer.Ordinal))
            yield return new SchemaChange(at, $"is never '{gone}' any more", reading != Reading.Answer);
    }

    private IEnumerable<SchemaChange> Members(SchemaView was, SchemaView becomes, string at)
    {
        var added = becomes.Members.Where(member => !was.Members.ContainsKey(member.Key)).ToList();
        foreach (var (name, schema) in was.Members)
        {
            var path = Path(at, name);
            if (!becomes.Members.TryGetValue(name, out var successor))
            {
                var heir = added.Find(member => SchemaView.AreAlike(member.Value, schema));
                yield return new SchemaChange(
                    path,
                    heir.Key is null ? "is gone" : $"is gone, renamed to {heir.Key}",
                    Breaks: true
                );
                continue;
            }
            foreach (var change in Between(schema, successor, path))
                yield return change;
            if (becomes.Required.Contains(name) && !was.Required.Contains(name))
                yield return new SchemaChange(
                    path,
                    "must be there, which it need not be before",
                    reading != Reading.Answer,
                    OnlyOlder: true
                );
            else if (!becomes.Required.Contains(name) && was.Required.Contains(name))
                yield return new SchemaChange(
                    path,
                    "may be left out, which it was not before",
                    reading != Reading.Request
                );
        }
        foreach (var (name, _) in added)
        {
            var mustBe = becomes.Required.Contains(name) && reading != Reading.Answer;
            yield return new SchemaChange(
                Path(at, name),
                mustBe ? "is new and must be there" : "is new",
                mustBe,
                OnlyOlder: true
            );
        }
    }

    private IEnumerable<SchemaChange> Alternatives(SchemaView was, SchemaView becomes, string at)
    {
        if (was.Alternatives.Count != becomes.Alternatives.Count)
        {
            yield return new SchemaChange(at, "has other alternatives", Breaks: true);
            yield break;
        }
        foreach (var (first, second) in was.Alternatives.Zip(becomes.Alternatives))
        foreach (var change in Between(first, second, at))
            yield return change;
    }

    private static string Path(string at, string name) => at.Length == 0 ? name : $"{at}.{name}";
}
