using System.Text.Json.Nodes;
using Architecture.Tests.Codebase;
using Host;
using Host.Commands;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Architecture.Tests.Contracts;

/// <summary>The description of the HTTP API that a process with every module serves.</summary>
internal static class ApiDocument
{
    private static readonly Lazy<Task<JsonObject>> Product = new(DescribeAsync);

    public static readonly WrittenDocument Kept = new("docs/contracts/openapi.json");

    /// <summary>As the code has it. What is given out is a copy.</summary>
    public static async Task<JsonObject> NowAsync() => (await Product.Value).DeepClone().AsObject();

    /// <summary>Nothing runs: the process is put together, asked and taken apart.</summary>
    private static async Task<JsonObject> DescribeAsync()
    {
        var databases = Directory.CreateTempSubdirectory("api");
        try
        {
            await using var app = Serving.Build(
                CommandLine.Read(["--environment=Development", $"--Database:Directory={databases.FullName}"]),
                new Composition(
                    [.. Landscape.OfRepository().Modules.SelectMany(module => module.FrontDoors)],
                    GeneratedHandlers.Use
                )
            );
            // Otherwise it is the server's start that makes the endpoints known.
            app.UseEndpoints(static _ => { });
            var provider = app.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1");
            var document = await provider.GetOpenApiDocumentAsync();
            var text = await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1);
            return JsonNode.Parse(text)!.AsObject();
        }
        finally
        {
            databases.Delete(recursive: true);
        }
    }
}
