using System.Text.Json.Nodes;
using Architecture.Tests.Codebase;
using Platform.Brokers;

namespace Architecture.Tests.Contracts;

/// <summary>The AsyncAPI description of all streams, with names as they are where nobody configures them.</summary>
internal static class StreamsDocument
{
    public static readonly WrittenDocument Kept = new("docs/contracts/asyncapi.json");

    public static JsonObject Now() =>
        StreamDescription.Of(
            [
                .. Landscape
                    .OfRepository()
                    .Modules.SelectMany(module => module.FrontDoors)
                    .Select(door => door.Define())
                    .OrderBy(module => module.Name, StringComparer.Ordinal),
            ],
            new BrokerOptions().Prefix
        );
}
