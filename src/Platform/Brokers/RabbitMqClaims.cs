using System.Globalization;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Platform.Brokers;

/// <summary>
/// Which deployment a module's names at the broker belong to: one message that stays in a queue of its own. Who looks
/// at it is alone with it, so that of two who come at once one is first.
/// </summary>
internal sealed class RabbitMqClaims(RabbitMqConnection connection, string prefix)
{
    private const string Identity = "identity";
    private const string Epoch = "epoch";
    private const string Origin = "origin";

    /// <summary>How long the message that is there may take to arrive.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>How often to come again while somebody else looks at the claim, which takes milliseconds.</summary>
    private const int Attempts = 20;

    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(100);

    /// <summary>Claims a module, or makes sure that it is still claimed.</summary>
    /// <exception cref="ClaimRefusedException">Somebody else has it.</exception>
    public async Task ClaimAsync(Ownership wanted, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await LookAndClaimAsync(wanted, cancellationToken);
                return;
            }
            catch (OperationInterruptedException busy)
                when (busy.ShutdownReason?.ReplyCode == Constants.AccessRefused && attempt < Attempts)
            {
                await Task.Delay(Rest, cancellationToken);
            }
        }
    }

    private async Task LookAndClaimAsync(Ownership wanted, CancellationToken cancellationToken)
    {
        var queue = $"{prefix}.{wanted.Module}.owner";
        await using var channel = await connection.ChannelAsync(confirms: true, cancellationToken);
        var found = await channel.QueueDeclareAsync(
            queue,
            durable: true,
            exclusive: false,
            autoDelete: false,
            arguments: null,
            cancellationToken: cancellationToken
        );
        var arrived = new TaskCompletionSource<(Ownership Claimed, ulong Tag)>(
            TaskCreationOptions.RunContinuationsAsynchronously
        );
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivered) =>
        {
            arrived.TrySetResult((Read(wanted.Module, delivered.BasicProperties), delivered.DeliveryTag));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(
            queue,
            autoAck: false,
            consumerTag: "",
            noLocal: false,
            exclusive: true,
            arguments: null,
            consumer,
            cancellationToken
        );
        if (found.MessageCount > 0)
        {
            var (claimed, tag) = await arrived.Task.WaitAsync(Patience, cancellationToken);
            if (wanted.RefusalBy(claimed, prefix) is { } refusal)
                throw new ClaimRefusedException(refusal);
            if (!wanted.IsNewerThan(claimed))
                return;
            await PublishAsync(channel, queue, wanted, cancellationToken);
            await channel.BasicAckAsync(tag, multiple: false, cancellationToken);
        }
        else
            await PublishAsync(channel, queue, wanted, cancellationToken);
    }

    private static async Task PublishAsync(
        IChannel channel,
        string queue,
        Ownership owned,
        CancellationToken cancellationToken
    ) =>
        await channel.BasicPublishAsync(
            "",
            queue,
            mandatory: true,
            new BasicProperties
            {
                Persistent = true,
                Headers = new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    [Identity] = owned.Identity.ToString(),
                    [Epoch] = owned.Epoch.ToString(CultureInfo.InvariantCulture),
                    [Origin] = owned.Origin,
                },
            },
            ReadOnlyMemory<byte>.Empty,
            cancellationToken
        );

    private static Ownership Read(string module, IReadOnlyBasicProperties properties)
    {
        _ = Guid.TryParse(Text(properties, Identity), out var identity);
        _ = long.TryParse(Text(properties, Epoch), CultureInfo.InvariantCulture, out var epoch);
        return new Ownership(module, identity, epoch, Text(properties, Origin));
    }

    private static string? Text(IReadOnlyBasicProperties properties, string header) =>
        properties.Headers?.TryGetValue(header, out var value) is true && value is byte[] bytes
            ? Encoding.UTF8.GetString(bytes)
            : null;
}
