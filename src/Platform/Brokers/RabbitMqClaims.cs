using System.Globalization;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Platform.Brokers;

/// <summary>
/// Which deployment a module's names at the broker belong to: one message that stays in a queue of its own. Who looks
/// at it is alone with it, so that of two who come at once one is first.
/// </summary>
internal sealed class RabbitMqClaims(RabbitMqConnection connection, string prefix) : IDisposable
{
    private const string Identity = "identity";
    private const string Epoch = "epoch";
    private const string Origin = "origin";

    /// <summary>How often to come again while somebody else looks at the claim, which takes milliseconds.</summary>
    private const int Attempts = 20;

    /// <summary>A broker that is short of memory or disk does not answer who publishes.</summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim _looking = new(1, 1);

    /// <summary>Claims a module, or makes sure that it is still claimed.</summary>
    /// <exception cref="ClaimRefusedException">Somebody else has it.</exception>
    public async Task ClaimAsync(Ownership wanted, CancellationToken cancellationToken)
    {
        await _looking.WaitAsync(cancellationToken);
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    await LookAndClaimAsync(wanted, cancellationToken)
                        .WaitAsync(AnswerWithin, cancellationToken);
                    return;
                }
                catch (OperationInterruptedException busy)
                    when (busy.ShutdownReason?.ReplyCode == Constants.ResourceLocked && attempt < Attempts)
                {
                    await Task.Delay(Rest, cancellationToken);
                }
            }
        }
        catch (TimeoutException)
        {
            await connection.AbandonAsync();
            throw;
        }
        finally
        {
            _looking.Release();
        }
    }

    public void Dispose() => _looking.Dispose();

    private async Task LookAndClaimAsync(Ownership wanted, CancellationToken cancellationToken)
    {
        var queue = $"{prefix}.{wanted.Module}.owner";
        await using var channel = await connection.ChannelAsync(confirms: true, cancellationToken);
        // A queue that one connection alone may have, so that whoever has it is alone with the claim.
        await channel.QueueDeclareAsync(
            $"{queue}.look",
            durable: false,
            exclusive: true,
            autoDelete: false,
            arguments: null,
            cancellationToken: cancellationToken
        );
        try
        {
            await channel.QueueDeclareAsync(
                queue,
                durable: true,
                exclusive: false,
                autoDelete: false,
                arguments: null,
                cancellationToken: cancellationToken
            );
            if (await channel.BasicGetAsync(queue, autoAck: false, cancellationToken) is { } found)
                await ReplaceAsync(channel, queue, found, wanted, cancellationToken);
            else
                await PublishAsync(channel, queue, wanted, cancellationToken);
        }
        finally
        {
            if (channel.IsOpen)
                await channel.QueueDeleteAsync($"{queue}.look", cancellationToken: CancellationToken.None);
        }
    }

    private async Task ReplaceAsync(
        IChannel channel,
        string queue,
        BasicGetResult found,
        Ownership wanted,
        CancellationToken cancellationToken
    )
    {
        var claimed = Read(wanted.Module, found.BasicProperties);
        var isReplaced = wanted.IsNewerThan(claimed);
        if (isReplaced)
        {
            await PublishAsync(channel, queue, wanted, cancellationToken);
            await channel.BasicAckAsync(found.DeliveryTag, multiple: false, cancellationToken);
        }
        else
            await channel.BasicNackAsync(
                found.DeliveryTag,
                multiple: false,
                requeue: true,
                cancellationToken
            );
        if (!isReplaced && wanted.RefusalBy(claimed, prefix) is { } refusal)
            throw new ClaimRefusedException(refusal);
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
