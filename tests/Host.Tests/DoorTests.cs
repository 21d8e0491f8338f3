using System.Tests.Hostile;
using Host.Commands;
using Host.Tests.Running;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Orders;
using Reviews;
using Riders;

namespace Host.Tests;

/// <summary>Nobody gets in where the list of doors does not let them.</summary>
public sealed class DoorTests
{
    [Fact]
    public async Task Every_call_page_form_and_stream_is_in_the_list_with_those_who_may_use_it()
    {
        using var folder = new DataFolder();
        await using var app = Build(folder);

        var mapped = ((IEndpointRouteBuilder)app)
            .DataSources.SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .SelectMany(DoorsOf)
            .Distinct(StringComparer.Ordinal)
            .ToList();

        mapped.Count.ShouldBeGreaterThan(100);
        var listed = Doors.All.Select(Line).ToList();
        mapped
            .Except(listed, StringComparer.Ordinal)
            .ShouldBeEmpty("Write it into Doors.cs, with those who may.");
        listed.Except(mapped, StringComparer.Ordinal).ShouldBeEmpty("Take it out of Doors.cs.");
    }

    private static WebApplication Build(DataFolder folder) =>
        Serving.Build(
            CommandLine.Read(["--environment=Development", $"--Database:Directory={folder.Path}"]),
            new Composition(
                [new OrdersModule(), new RidersModule(), new ReviewsModule()],
                GeneratedHandlers.Use
            )
        );

    private static IEnumerable<string> DoorsOf(RouteEndpoint endpoint)
    {
        var path = "/" + string.Join('/', endpoint.RoutePattern.RawText!.Trim('/').Split('/').Select(Plain));
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"];
        return methods
            .Where(method => method is not ("HEAD" or "OPTIONS"))
            .Select(method => Line(new Door(method, path, RolesOf(endpoint))));
    }

    private static IReadOnlyList<string> RolesOf(RouteEndpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            return [];
        var roles = endpoint
            .Metadata.OfType<AuthorizationPolicy>()
            .SelectMany(policy => policy.Requirements)
            .OfType<ClaimsAuthorizationRequirement>()
            .Where(requirement => requirement.ClaimType == "role")
            .SelectMany(requirement => requirement.AllowedValues!)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .ToList();
        return roles.Count > 0 ? roles : ["nobody"];
    }

    private static string Line(Door door) => $"{door.Name} : {string.Join(' ', door.Roles)}";

    /// <summary>A part of a path without what constrains it.</summary>
    private static string Plain(string part) =>
        part.StartsWith('{') ? $"{{{part.Trim('{', '}').Split(':', '?')[0]}}}" : part;
}
