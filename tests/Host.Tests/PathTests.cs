using Host.Tests.Running;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Orders;
using Platform.Hosting;
using Platform.Modules;
using Reviews;
using Riders;

namespace Host.Tests;

/// <summary>A gateway knows a module by its path prefixes alone, so no endpoint may lie outside of them.</summary>
public sealed class PathTests
{
    public static TheoryData<IModule> Modules =>
        [new OrdersModule(), new RidersModule(), new ReviewsModule()];

    [Theory]
    [MemberData(nameof(Modules))]
    public async Task Every_endpoint_of_a_module_lies_below_its_paths(IModule module)
    {
        using var folder = new DataFolder();
        var builder = WebApplication.CreateBuilder([$"--Database:Directory={folder.Path}"]);
        builder.AddModules([module]);
        await using var app = builder.Build();
        var routes = ((IEndpointRouteBuilder)app).MapGroup("");

        module.MapEndpoints(routes);

        var paths = ((IEndpointRouteBuilder)app)
            .DataSources.SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Select(endpoint => $"/{endpoint.RoutePattern.RawText!.TrimStart('/')}/")
            .ToList();
        paths.ShouldNotBeEmpty();
        paths.ShouldAllBe(path =>
            module
                .Define()
                .Paths.Any(prefix => path.StartsWith($"{prefix}/", StringComparison.OrdinalIgnoreCase))
        );
    }

    [Fact]
    public void No_module_claims_a_path_of_another()
    {
        var claimed = Modules
            .SelectMany(row => ((IModule)row.Data).Define().Paths.Select(path => $"{path}/"))
            .ToList();

        foreach (var path in claimed)
            claimed.Count(other => other.StartsWith(path, StringComparison.OrdinalIgnoreCase)).ShouldBe(1);
    }
}
