using System.Text.Json.Serialization;

namespace Platform.TestModules;

/// <summary>Somebody said a word; the key is a speaker's id.</summary>
public sealed record WordSaid(Guid Speaker, int Number, string Word)
{
    public const string Alias = "talk.word-said.v1";

    /// <summary>What is not written down: no listener may ever hear it, not even in the speaker's own process.</summary>
    [JsonIgnore]
    public string Whispered { get; init; } = "";
}

/// <summary>Somebody coughed; nobody listens for that.</summary>
public sealed record CoughHeard(Guid Speaker)
{
    public const string Alias = "talk.cough-heard.v1";
}

/// <summary>What the listening module says of each word it noted.</summary>
public sealed record WordNoted(Guid Speaker, int Number)
{
    public const string Alias = "notes.word-noted.v1";
}
