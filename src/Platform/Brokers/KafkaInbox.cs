using System.Threading.Channels;
using Confluent.Kafka;

namespace Platform.Brokers;

/// <summary>One consumer of a topic. The client wants to be polled by one thread, so it has one.</summary>
internal sealed class KafkaInbox : IBrokerInbox
{
    /// <summary>How many messages are held that are not acknowledged.</summary>
    private const int MostHeld = 1_000;

    private static readonly TimeSpan PollFor = TimeSpan.FromMilliseconds(200);

    private readonly IConsumer<string, byte[]> _consumer;
    private readonly TopicPartition _partition;
    private readonly Channel<BrokerDelivery> _arrived = Channel.CreateUnbounded<BrokerDelivery>();
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _polling;
    private long _received = -1;
    private long _acknowledged = -1;

    public KafkaInbox(ConsumerConfig configuration, string topic)
    {
        _partition = new TopicPartition(topic, new Partition(0));
        _consumer = new ConsumerBuilder<string, byte[]>(configuration)
            .SetErrorHandler((_, _) => { })
            .SetLogHandler((_, _) => { })
            .SetPartitionsLostHandler((_, _) => End("another process has taken the topic over"))
            .Build();
        _polling = Task.Factory.StartNew(
            Poll,
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
    }

    public async ValueTask<BrokerDelivery> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _arrived.Reader.ReadAsync(cancellationToken);
        }
        catch (ChannelClosedException closed)
        {
            throw closed.InnerException as BrokerException ?? new BrokerException("The inbox is closed.");
        }
    }

    public ValueTask AcknowledgeAsync(BrokerDelivery last, CancellationToken cancellationToken)
    {
        // Kept in Kafka by the polling thread; what is not yet kept when the process ends comes again.
        Interlocked.Exchange(ref _acknowledged, last.Tag);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await _polling;
        _closing.Dispose();
    }

    private void Poll()
    {
        var committed = -1L;
        try
        {
            _consumer.Subscribe(_partition.Topic);
            while (!_closing.IsCancellationRequested)
            {
                committed = Commit(committed);
                var isFull = _received - Interlocked.Read(ref _acknowledged) > MostHeld && _received >= 0;
                if (isFull && _consumer.Assignment.Count > 0)
                    _consumer.Pause(_consumer.Assignment);
                else if (_consumer.Assignment.Count > 0)
                    _consumer.Resume(_consumer.Assignment);
                if (_consumer.Consume(PollFor) is { IsPartitionEOF: false } result)
                {
                    if (_received < 0)
                        Interlocked.CompareExchange(ref _acknowledged, result.Offset.Value - 1, -1);
                    _received = result.Offset.Value;
                    _arrived.Writer.TryWrite(
                        new BrokerDelivery(KafkaBroker.FromKafka(result.Message), result.Offset.Value)
                    );
                }
            }
            Commit(committed);
        }
        catch (KafkaException failure)
        {
            _arrived.Writer.TryComplete(KafkaBroker.Describe(failure));
        }
        finally
        {
            End("it was closed");
            Close();
        }
    }

    private long Commit(long committed)
    {
        var acknowledged = Interlocked.Read(ref _acknowledged);
        if (_received < 0 || acknowledged <= committed)
            return committed;
        _consumer.Commit([new TopicPartitionOffset(_partition, new Offset(acknowledged + 1))]);
        return acknowledged;
    }

    private void Close()
    {
        try
        {
            _consumer.Close();
        }
        catch (KafkaException)
        {
            // The group notices by itself that its member is gone.
        }
        _consumer.Dispose();
    }

    private void End(string reason) =>
        _arrived.Writer.TryComplete(new BrokerException($"Kafka stopped delivering: {reason}."));
}
