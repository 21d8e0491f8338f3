using System.Text.Json.Nodes;

namespace Platform.Brokers;

/// <summary>How names and messages are at the brokers, as AsyncAPI has it.</summary>
internal static class BrokerConventions
{
    public static JsonObject Servers() =>
        new()
        {
            ["rabbitmq"] = new JsonObject
            {
                ["host"] = "localhost:5672",
                ["protocol"] = "amqp",
                ["protocolVersion"] = "0.9.1",
                ["description"] =
                    "RabbitMQ, where `Broker:Kind` is `RabbitMq`. Messages are persistent and confirmed, and expire after "
                    + "`Broker:KeepFor` (1 h by default). CloudEvents attributes are headers whose names begin with "
                    + "`cloudEvents:`; `datacontenttype` is the content type. An attribute is a text, numbers included. "
                    + "Acknowledge after the commit of what a message brought about.",
            },
            ["kafka"] = new JsonObject
            {
                ["host"] = "localhost:9092",
                ["protocol"] = "kafka",
                ["description"] =
                    "Kafka, where `Broker:Kind` is `Kafka`. Attributes are headers whose names begin with `ce_`; "
                    + "`datacontenttype` is `content-type`. A follower's channel is the stream's topic, read by the consumer "
                    + "group of the channel's address.",
            },
        };

    public static JsonObject Exchange(string name) =>
        new()
        {
            ["is"] = "routingKey",
            ["exchange"] = new JsonObject
            {
                ["name"] = name,
                ["type"] = "fanout",
                ["durable"] = true,
                ["autoDelete"] = false,
            },
            ["bindingVersion"] = "0.3.0",
        };

    public static JsonObject Queue(string name) =>
        new()
        {
            ["is"] = "queue",
            ["queue"] = new JsonObject
            {
                ["name"] = name,
                ["durable"] = true,
                ["exclusive"] = false,
                ["autoDelete"] = false,
            },
            ["bindingVersion"] = "0.3.0",
        };
}
