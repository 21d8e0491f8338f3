using System.Text.Json;
using System.Text.Json.Nodes;
using Simulator.Ledgers;

namespace Simulator.Calls;

/// <summary>What came back from one attempt, if anything did.</summary>
internal sealed record Reply(Outcome Outcome, int? Status, string? Code, JsonNode? Body)
{
    public bool Done => Outcome == Outcome.Done;

    /// <summary>Whether there is nothing to try again.</summary>
    public bool IsFinal => Outcome is Outcome.Done or Outcome.Refused;

    public static Reply Read(int status, string text)
    {
        var body = Parse(text);
        var outcome =
            status is >= 200 and < 300 ? Outcome.Done
            : status is >= 400 and < 500 and not 429 ? Outcome.Refused
            : Outcome.Unknown;
        return new Reply(outcome, status, status >= 400 ? (string?)body?["code"] : null, body);
    }

    public static Reply Failed(Outcome outcome, string code) => new(outcome, null, code, null);

    /// <summary>The first of these members that is an id.</summary>
    public Guid? Id(params ReadOnlySpan<string> members)
    {
        foreach (var member in members)
        {
            if (Body is JsonObject told && told[member] is { } id)
                return (Guid)id;
        }
        return null;
    }

    public string? State =>
        Body is JsonObject told ? (string?)(told["status"] ?? told["state"])?.ToString() : null;

    /// <summary>The states of an order's timeline.</summary>
    public IReadOnlyList<string>? Timeline =>
        Body is JsonObject told && told["timeline"] is JsonArray entries
            ? [.. entries.Select(entry => (string)entry!["status"]!)]
            : null;

    private static JsonNode? Parse(string text)
    {
        try
        {
            return text.Length > 0 ? JsonNode.Parse(text) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
