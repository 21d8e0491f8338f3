using System.Text.Json;
using Host.Tests.Running;

namespace Host.Tests;

/// <summary>The description of the API says all that a client may meet.</summary>
[Trait("Fault", "A11")]
public sealed class DescriptionTests(IdentityTests.Development development)
    : IClassFixture<IdentityTests.Development>
{
    [Fact]
    public async Task Every_operation_tells_of_every_refusal_that_it_may_be_answered_with()
    {
        foreach (var (name, operation) in await OperationsAsync())
        {
            if (name.EndsWith("/metrics", StringComparison.Ordinal))
                continue;
            string[] expected =
            [
                "400",
                "413",
                "414",
                "415",
                "431",
                .. operation.TryGetProperty("security", out _) ? (string[])["401", "403"] : [],
                .. name.Contains("/api/", StringComparison.Ordinal) ? (string[])["503"] : [],
                .. name.EndsWith("/stream", StringComparison.Ordinal) ? (string[])["429"] : [],
            ];
            var told = operation.GetProperty("responses").EnumerateObject().Select(one => one.Name);
            expected.Except(told).ShouldBeEmpty(name);
        }
    }

    [Fact]
    public async Task Every_parameter_and_member_has_a_type()
    {
        foreach (var (name, operation) in await OperationsAsync())
        {
            if (!operation.TryGetProperty("parameters", out var parameters))
                continue;
            foreach (var parameter in parameters.EnumerateArray())
                HasType(parameter.GetProperty("schema")).ShouldBeTrue($"{name}: {parameter}");
        }

        var document = await DocumentAsync();
        foreach (var schema in document.GetProperty("components").GetProperty("schemas").EnumerateObject())
        {
            if (!schema.Value.TryGetProperty("properties", out var properties))
                continue;
            foreach (var property in properties.EnumerateObject())
                HasType(property.Value).ShouldBeTrue($"{schema.Name}.{property.Name}");
        }
    }

    private static bool HasType(JsonElement schema) =>
        ((string[])["type", "$ref", "oneOf", "anyOf", "allOf", "enum"]).Any(word =>
            schema.TryGetProperty(word, out _)
        );

    private async Task<JsonElement> DocumentAsync()
    {
        using var answer = await development.Host.Http.GetAsync("/openapi/v1.json");
        return await answer.ReadJsonAsync();
    }

    private async Task<List<(string Name, JsonElement Operation)>> OperationsAsync() =>
        [
            .. (await DocumentAsync())
                .GetProperty("paths")
                .EnumerateObject()
                .SelectMany(path =>
                    path.Value.EnumerateObject()
                        .Select(operation => ($"{operation.Name} {path.Name}", operation.Value))
                ),
        ];
}
