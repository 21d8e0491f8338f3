using System.Text.Json.Nodes;
using Architecture.Tests.Contracts;

namespace Architecture.Tests.Specs;

/// <summary>
/// A change of the HTTP API that breaks callers is refused, and names the operation. Each spec changes what was promised
/// before, which to the comparison is as if the code had changed.
/// </summary>
public sealed class ApiChangeSpecs
{
    private const string Sentence =
        ", which breaks those who call it; leave it as it was and add another beside it.";

    [Fact]
    public async Task What_is_as_it_was_is_not_refused() => (await RefusedAsync(_ => { })).ShouldBeEmpty();

    [Fact]
    public async Task An_operation_that_is_removed_is_named() =>
        (
            await RefusedAsync(api =>
                api["paths"]!["/api/orders/{id}/tip"] = new JsonObject
                {
                    ["post"] = new JsonObject { ["responses"] = new JsonObject() },
                }
            )
        ).ShouldBe([$"POST /api/orders/{{id}}/tip: is gone{Sentence}"]);

    [Fact]
    public async Task What_varies_in_a_path_may_be_called_otherwise() =>
        (
            await RefusedAsync(api =>
            {
                var paths = api["paths"]!.AsObject();
                var order = paths["/api/orders/{id}"]!.DeepClone();
                order["get"]!["parameters"]![0]!["name"] = "orderId";
                paths.Remove("/api/orders/{id}");
                paths["/api/orders/{orderId}"] = order;
            })
        ).ShouldBeEmpty();

    [Fact]
    public async Task A_request_member_that_is_removed_or_renamed_is_named() =>
        (
            await RefusedAsync(api =>
            {
                var members = Request(api)["properties"]!.AsObject();
                members["sum"] = members["storeId"]!.DeepClone();
                members.Remove("storeId");
                var required = Request(api)["required"]!.AsArray();
                required.Remove(required.Single(name => $"{name}" == "storeId"));
            })
        ).ShouldBe(
            [
                $"POST /api/orders request storeId: is new and must be there{Sentence}",
                $"POST /api/orders request sum: is gone, renamed to storeId{Sentence}",
            ],
            ignoreOrder: true
        );

    [Fact]
    public async Task A_request_member_that_must_be_there_from_now_on_is_named() =>
        (
            await RefusedAsync(api =>
            {
                var required = Request(api)["required"]!.AsArray();
                required.Remove(required.Single(name => $"{name}" == "storeId"));
            })
        ).ShouldBe([
            $"POST /api/orders request storeId: must be there, which it need not be before{Sentence}",
        ]);

    [Fact]
    public async Task An_answers_member_of_another_type_is_named() =>
        (
            await RefusedAsync(api =>
                Answer(api)["properties"]!["status"] = new JsonObject { ["type"] = "integer" }
            )
        ).ShouldContain($"GET /api/orders/{{id}} answer 200 status: is string instead of integer{Sentence}");

    [Fact]
    public async Task An_answer_of_another_status_is_named_with_both() =>
        (
            await RefusedAsync(api =>
            {
                var answers = api["paths"]!["/api/orders/{id}"]!["get"]!["responses"]!.AsObject();
                answers["203"] = answers["200"]!.DeepClone();
                answers.Remove("200");
            })
        ).ShouldBe(
            [
                $"GET /api/orders/{{id}} answer 203: is gone{Sentence}",
                $"GET /api/orders/{{id}} answer 200: is another way to succeed{Sentence}",
            ],
            ignoreOrder: true
        );

    [Fact]
    public async Task An_operation_that_wants_a_token_from_now_on_is_named() =>
        (
            await RefusedAsync(api =>
                api["paths"]!["/api/orders/{id}"]!["get"]!.AsObject().Remove("security")
            )
        ).ShouldBe([$"GET /api/orders/{{id}}: wants a token, which it did not before{Sentence}"]);

    [Fact]
    public async Task New_operations_refusals_and_answer_members_break_nobody() =>
        (
            await RefusedAsync(api =>
            {
                api["paths"]!.AsObject().Remove("/api/stores");
                api["paths"]!["/api/orders/{id}"]!["get"]!["responses"]!.AsObject().Remove("404");
                Answer(api)["properties"]!.AsObject().Remove("status");
            })
        ).ShouldBeEmpty();

    private static async Task<IEnumerable<string>> RefusedAsync(Action<JsonObject> before)
    {
        var promised = await ApiDocument.NowAsync();
        before(promised);
        return ApiComparison
            .Breaks(promised, await ApiDocument.NowAsync())
            .Select(violation => violation.ToString());
    }

    private static JsonObject Request(JsonObject api) =>
        Named(
            api,
            api["paths"]!["/api/orders"]!["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!
        );

    private static JsonObject Answer(JsonObject api) =>
        Named(
            api,
            api["paths"]!["/api/orders/{id}"]!["get"]!["responses"]!["200"]!["content"]!["application/json"]![
                "schema"
            ]!
        );

    private static JsonObject Named(JsonObject api, JsonNode schema) =>
        schema["$ref"] is { } reference
            ? api["components"]!["schemas"]![$"{reference}".Split('/')[^1]]!.AsObject()
            : schema.AsObject();
}
