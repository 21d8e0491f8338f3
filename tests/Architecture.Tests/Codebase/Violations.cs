using System.Collections;

namespace Architecture.Tests.Codebase;

/// <summary>One place that breaks one rule, told so that its author knows what to do.</summary>
internal sealed record Violation(string Place, string Complaint)
{
    /// <summary>The rule that found it, with what it guarantees.</summary>
    public string Rule { get; init; } = "";

    public override string ToString() => $"{Place}: {Complaint}";
}

/// <summary>What the rules found. Rules add to it, and the tests throw it; nobody passes lists about.</summary>
internal sealed class Violations : IReadOnlyCollection<Violation>
{
    public static readonly Violations None = new([]);

    private readonly IReadOnlyList<Violation> _found;

    private Violations(IReadOnlyList<Violation> found) => _found = found;

    public int Count => _found.Count;

    public IEnumerable<string> Places => _found.Select(violation => violation.Place);

    public static Violations Of(IEnumerable<Violation> found) =>
        new([.. found.Distinct().OrderBy(violation => violation.Place, StringComparer.Ordinal)]);

    public static Violations Of(string place, string complaint) => new([new Violation(place, complaint)]);

    public Violations And(Violations others) => new([.. _found, .. others._found]);

    public Violations Filter(Func<Violation, bool> wanted) => new([.. _found.Where(wanted)]);

    public void ThrowIfAny()
    {
        if (_found.Count > 0)
            throw new ViolationsFoundException($"{_found.Count} violation(s) of the architecture:\n{this}");
    }

    public IEnumerator<Violation> GetEnumerator() => _found.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() =>
        string.Join(
            '\n',
            _found
                .GroupBy(violation => violation.Rule, StringComparer.Ordinal)
                .Select(rule =>
                    string.Join('\n', rule.Select(violation => $"  {violation}").Prepend(rule.Key))
                )
        );
}

internal sealed class ViolationsFoundException(string message) : Exception(message);
