using RabbitMQ.Client.Exceptions;

namespace Platform.Brokers;

/// <summary>What goes wrong with RabbitMQ, in words that say what to do.</summary>
internal static class RabbitMqFailure
{
    /// <summary>The broker's failures in one sentence each, whatever the client throws.</summary>
    public static async Task AttemptAsync(Func<Task> attempt)
    {
        try
        {
            await attempt();
        }
        catch (Exception failure) when (SentenceFor(failure) is { } sentence)
        {
            throw new BrokerException(sentence, failure);
        }
    }

    private static string? SentenceFor(Exception failure) =>
        failure switch
        {
            BrokerUnreachableException { InnerException: AuthenticationFailureException } =>
                "Broker:ConnectionString: RabbitMQ refuses the user or the password.",
            BrokerUnreachableException { InnerException: OperationInterruptedException inner } =>
                $"Broker:ConnectionString: RabbitMQ refuses the connection ({ReasonOf(inner)}).",
            BrokerUnreachableException =>
                "Broker:ConnectionString: RabbitMQ cannot be reached at that address.",
            OperationInterruptedException { ShutdownReason.ReplyCode: 403 } => BrokerException.TwoOwners,
            OperationInterruptedException interrupted =>
                $"RabbitMQ broke the conversation off ({ReasonOf(interrupted)}).",
            PublishException { IsReturn: true } => "RabbitMQ has no queue for what was published.",
            PublishException => "RabbitMQ did not take what was published.",
            // The client cancels what RabbitMQ does not answer in time.
            OperationCanceledException { CancellationToken.IsCancellationRequested: false } =>
                "RabbitMQ does not answer.",
            RabbitMQClientException or IOException or TimeoutException or ObjectDisposedException =>
                $"The connection to RabbitMQ is lost ({failure.Message.TrimEnd('.')}).",
            _ => null,
        };

    private static string ReasonOf(OperationInterruptedException interrupted) =>
        interrupted.ShutdownReason?.ReplyText ?? "no reason given";
}
