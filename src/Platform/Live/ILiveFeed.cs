using Platform.Commands;
using Platform.Domain;
using Platform.Streams;

namespace Platform.Live;

/// <summary>One message to a client: its event's name and what is sent as JSON.</summary>
public sealed record LiveItem(string Name, object Data);

/// <summary>
/// What a module tells one client who keeps a stream open: how things stand, then each change. The feed belongs
/// to that one connection, which calls it from one place at a time and disposes of it.
/// </summary>
public interface ILiveFeed : IDisposable
{
    /// <summary>The stream that changes are said on: the module's own.</summary>
    string Stream { get; }

    /// <summary>Which of its events concern the client.</summary>
    StreamTopic Topic { get; }

    /// <summary>Nothing will change any more, so the stream ends.</summary>
    bool HasEnded { get; }

    /// <summary>Reads how things stand. A refusal is answered instead of opening the stream.</summary>
    Task<Result<Nothing>> LoadAsync(CancellationToken cancellationToken);

    /// <summary>How things stand, for a client that is new.</summary>
    IReadOnlyList<LiveItem> Present();

    /// <summary>What an event means for the client; it may be one that <see cref="Present"/> told of.</summary>
    ValueTask<IReadOnlyList<LiveItem>> ChangeAsync(StreamEvent happened, CancellationToken cancellationToken);

    /// <summary>Hands over what wakes the connection so that it asks <see cref="Look"/>.</summary>
    void WakeBy(Action wake) { }

    /// <summary>News that are on no stream; null when there are none.</summary>
    LiveItem? Look() => null;
}
