using System.Text.Json.Nodes;
using Architecture.Tests.Codebase;
using Architecture.Tests.Contracts;

namespace Architecture.Tests.Specs;

/// <summary>The description of the streams is one that other people's tools can read, and says all of it.</summary>
public sealed class AsyncApiSpecs
{
    [Fact]
    public async Task It_is_valid_to_the_parser_that_asyncapi_maintains() =>
        (await AsyncApiParser.ComplaintsOfAsync(StreamsDocument.Now().ToJsonString())).ShouldBeEmpty();

    [Fact]
    public async Task What_is_not_valid_is_told()
    {
        var broken = StreamsDocument.Now();
        broken["operations"]!["OrdersSays"]!["channel"]!["$ref"] = "#/channels/orderz";

        (await AsyncApiParser.ComplaintsOfAsync(broken.ToJsonString())).ShouldContain(
            "operations.OrdersSays"
        );
    }

    [Fact]
    public void Every_event_is_said_by_one_module_and_heard_by_those_who_handle_it()
    {
        var document = StreamsDocument.Now();
        var operations = document["operations"]!.AsObject();
        foreach (var project in Landscape.OfRepository().Contracts)
        foreach (var alias in EventContract.EventsOf(project).Select(EventContract.AliasOf))
        {
            document["components"]!["messages"]![alias!]!["payload"]!["properties"].ShouldNotBeNull(alias);
            MessagesOf(operations[$"{project.Owner}Says"]).ShouldContain(alias);
            foreach (var listener in Listeners.InBuild(Landscape.OfRepository(), alias!))
                MessagesOf(operations[$"{listener}Hears{project.Owner}"]).ShouldContain(alias);
        }
    }

    private static IEnumerable<string> MessagesOf(JsonNode? operation) =>
        operation!["messages"]!.AsArray().Select(message => $"{message!["$ref"]}".Split('/')[^1]);
}
