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
    private long _stored = -1;
    private bool _isPaused;

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
        // The polling thread passes it on; what did not get through when the process ends comes again.
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
        try
        {
            _consumer.Subscribe(_partition.Topic);
            while (!_closing.IsCancellationRequested)
            {
                Store();
                PauseWhenFull();
                if (_consumer.Consume(PollFor) is { IsPartitionEOF: false } result)
                {
                    if (_received < 0)
                        _stored = _acknowledged = result.Offset.Value - 1;
                    _received = result.Offset.Value;
                    _arrived.Writer.TryWrite(
                        new BrokerDelivery(KafkaBroker.FromKafka(result.Message), result.Offset.Value)
                    );
                }
            }
            Store();
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

    private void PauseWhenFull()
    {
        var isFull = _received - Interlocked.Read(ref _acknowledged) > MostHeld;
        if (isFull == _isPaused || _consumer.Assignment.Count == 0)
            return;
        if (isFull)
            _consumer.Pause(_consumer.Assignment);
        else
            _consumer.Resume(_consumer.Assignment);
        _isPaused = isFull;
    }

    /// <summary>Tells the client what it may commit, which it does every so often and when it is closed.</summary>
    private void Store()
    {
        var acknowledged = Interlocked.Read(ref _acknowledged);
        if (acknowledged <= _stored || _consumer.Assignment.Count == 0)
            return;
        _consumer.StoreOffset(new TopicPartitionOffset(_partition, new Offset(acknowledged + 1)));
        _stored = acknowledged;
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
