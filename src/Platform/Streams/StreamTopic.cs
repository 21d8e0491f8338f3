using System.Text.Json;

namespace Platform.Streams;

/// <summary>
/// Which events of a stream somebody listens to: those of one aggregate, or those whose payload names something
/// that is no aggregate of its own there, such as all orders of a store.
/// </summary>
public sealed record StreamTopic
{
    private StreamTopic(string? member, Guid id) => (Member, Id) = (member, id);

    internal string? Member { get; }

    internal Guid Id { get; }

    /// <summary>The events of one aggregate.</summary>
    public static StreamTopic Of(Guid key) => new(member: null, key);

    /// <summary>The events whose payload has a member with this value.</summary>
    /// <param name="member">As it is spelled in JSON, such as <c>storeId</c>.</param>
    /// <param name="id">Its value.</param>
    public static StreamTopic With(string member, Guid id) => new(member, id);

    internal bool Includes(StreamEvent happened) =>
        Member is null ? happened.Key == Id : In(happened, Member)?.Id == Id;

    /// <summary>The topic of an event's member; null when its payload has none.</summary>
    internal static StreamTopic? In(StreamEvent happened, string member)
    {
        using var payload = JsonDocument.Parse(happened.Payload);
        return
            payload.RootElement.ValueKind == JsonValueKind.Object
            && payload.RootElement.TryGetProperty(member, out var value)
            && value.ValueKind == JsonValueKind.String
            && value.TryGetGuid(out var id)
            ? With(member, id)
            : null;
    }
}
