namespace Platform.Brokers;

/// <summary>
/// All that is asked of a broker. What it promises is kept weak on purpose: whatever is lost, doubled or late on the
/// way is noticed by the positions that messages carry.
/// </summary>
internal interface IBroker : IAsyncDisposable
{
    /// <summary>
    /// Makes sure that a stream's messages have a durable place to wait at for each follower, and that reports have
    /// a way back.
    /// </summary>
    /// <exception cref="BrokerException">It cannot be done now.</exception>
    Task DeclareAsync(
        string stream,
        IReadOnlyCollection<string> followers,
        CancellationToken cancellationToken
    );

    /// <summary>Removes the place where a stream's messages wait for somebody who follows it no longer.</summary>
    /// <exception cref="BrokerException">It cannot be done now.</exception>
    Task RemoveAsync(string stream, string follower, CancellationToken cancellationToken);

    /// <summary>
    /// Claims a module's names at this broker for the deployment that has its database, or makes sure that they are still
    /// claimed for it.
    /// </summary>
    /// <exception cref="BrokerException">They belong to somebody else, or it cannot be done now.</exception>
    Task ClaimAsync(Ownership owned, CancellationToken cancellationToken);

    /// <summary>Sends messages in order. Returns when the broker has confirmed each of them.</summary>
    /// <exception cref="BrokerException">At least one is not known to have arrived.</exception>
    Task PublishAsync(
        BrokerAddress address,
        IReadOnlyList<BrokerMessage> messages,
        CancellationToken cancellationToken
    );

    /// <summary>Begins to receive what was sent to <paramref name="address"/> and is not acknowledged yet.</summary>
    /// <exception cref="BrokerException">It cannot be done now.</exception>
    Task<IBrokerInbox> OpenAsync(BrokerAddress address, CancellationToken cancellationToken);
}

/// <summary>Messages on their way in. What is not acknowledged when it is disposed of comes again.</summary>
internal interface IBrokerInbox : IAsyncDisposable
{
    /// <summary>Waits for the next message.</summary>
    /// <exception cref="BrokerException">The connection is lost: open another inbox.</exception>
    ValueTask<BrokerDelivery> ReceiveAsync(CancellationToken cancellationToken);

    /// <summary>Acknowledges <paramref name="last"/> and everything received before it.</summary>
    /// <exception cref="BrokerException">The connection is lost: all that is not acknowledged comes again.</exception>
    ValueTask AcknowledgeAsync(BrokerDelivery last, CancellationToken cancellationToken);
}

/// <summary>Where messages of a stream go.</summary>
internal sealed record BrokerAddress
{
    private BrokerAddress(string stream, string? follower, bool isForReports) =>
        (Stream, Follower, IsForReports) = (stream, follower, isForReports);

    public string Stream { get; }

    /// <summary>One follower; null for all of them, or for the publisher.</summary>
    public string? Follower { get; }

    public bool IsForReports { get; }

    /// <summary>To everybody who follows the stream.</summary>
    public static BrokerAddress FollowersOf(string stream) => new(stream, null, false);

    /// <summary>To one who follows the stream.</summary>
    public static BrokerAddress FollowerOf(string stream, string follower) => new(stream, follower, false);

    /// <summary>To the publisher, from its followers.</summary>
    public static BrokerAddress ReportsTo(string stream) => new(stream, null, true);
}

/// <summary>A message: attributes, as CloudEvents has them, and what it says.</summary>
internal sealed record BrokerMessage(
    IReadOnlyDictionary<string, string> Attributes,
    ReadOnlyMemory<byte> Body
)
{
    public string? Find(string attribute) => Attributes.GetValueOrDefault(attribute);
}

/// <summary>A message that came in.</summary>
/// <param name="Message">The message.</param>
/// <param name="Tag">Its place in the order of arrival.</param>
internal sealed record BrokerDelivery(BrokerMessage Message, long Tag);

/// <summary>The broker could not do what was asked. Its message is for operators, in one sentence.</summary>
internal class BrokerException(string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>What whoever comes second is told, on any broker.</summary>
    public const string TwoOwners =
        "Another process receives what is meant for this module already: has the module two owners?";
}

/// <summary>A module's names at the broker belong to another deployment, or to a newer home of the module.</summary>
internal sealed class ClaimRefusedException(string message) : BrokerException(message);
