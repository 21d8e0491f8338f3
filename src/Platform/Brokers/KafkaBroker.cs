namespace Platform.Brokers;

internal sealed class KafkaBroker(BrokerOptions options) : IBroker
{
    public Task DeclareAsync(
        string stream,
        IReadOnlyCollection<string> followers,
        CancellationToken cancellationToken
    ) => throw new BrokerException(options.ConnectionString);

    public Task PublishAsync(
        BrokerAddress address,
        IReadOnlyList<BrokerMessage> messages,
        CancellationToken cancellationToken
    ) => throw new BrokerException(options.ConnectionString);

    public Task<IBrokerInbox> OpenAsync(BrokerAddress address, CancellationToken cancellationToken) =>
        throw new BrokerException(options.ConnectionString);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
