using System.Net;
using System.Tests.Running;
using System.Text.Json.Nodes;

namespace System.Tests.Hostile;

/// <summary>Each door opens to those whose it is, and to nobody else: by session, and by token.</summary>
public sealed class MatrixTests(SharedHost shared)
{
    private static readonly string[] Roles = ["customer", "store", "rider", "operator"];

    /// <summary>Whoever goes out, or in as somebody else, is no longer who is meant to call.</summary>
    private static readonly string[] Leaving = ["/sign-out", "/sign-in", "/register"];

    [Fact]
    public async Task A_session_opens_the_doors_of_its_role_alone()
    {
        var host = await shared.ProcessAsync();
        foreach (var role in Roles)
        {
            using var visitor = await Visitor.AsAsync(host, role);
            foreach (var door in Doors.All.Where(door => !Leaving.Contains(door.Path)))
                await ShouldAnswerAsync(visitor, door, role);
        }
        using var nobody = new Visitor(host.Api.Address);
        foreach (var door in Doors.All.Where(door => !Leaving.Contains(door.Path)))
            await ShouldAnswerAsync(nobody, door, role: null);
    }

    [Fact]
    public async Task A_token_opens_the_calls_of_its_role_alone()
    {
        var host = await shared.ProcessAsync();
        foreach (var role in Roles)
        {
            using var caller = new Visitor(host.Api.Address);
            caller.Authorize(host.Tokens.For(role, Tokens.NewId(), role == "store" ? Tokens.NewId() : null));
            foreach (var door in Doors.All.Where(door => door.IsCall))
                await ShouldAnswerAsync(caller, door, role);
        }
    }

    private static async Task ShouldAnswerAsync(Visitor visitor, Door door, string? role)
    {
        using var answer = await visitor.TryAsync(
            door.Method,
            door.PathWith(name =>
                name is "name" or "build" or "stream" or "documentName" ? "nowhere"
                : name is "act" or "answer" ? ActOf(door)
                : $"{Tokens.NewId()}"
            ),
            door.IsCall ? "{}" : null
        );
        var (status, code) = (answer.StatusCode, await CodeOfAsync(answer));
        var told = $"{door.Name} as {role ?? "nobody"}: {(int)status} {code}";
        if (door.IsOpen || (role is not null && door.Roles.Contains(role)))
        {
            status.ShouldNotBe(HttpStatusCode.Unauthorized, told);
            code.ShouldNotBe("forbidden", told);
            code.ShouldNotBe("cross_site", told);
            ((int)status).ShouldBeLessThan(500, told);
        }
        else
        {
            status.ShouldBe(role is null ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden, told);
            code.ShouldBe(role is null ? "unauthenticated" : "forbidden", told);
        }
    }

    private static string ActOf(Door door) =>
        door.Path switch
        {
            "/rider/deliveries/{id}/{act}" => "pick-up",
            "/ops/modules/{name}/{act}" => "resume",
            "/ops/modules/{name}/home/{act}" => "undo",
            "/ops/dead-letters/{id}/{act}" => "replay",
            _ => "accept",
        };

    private static async Task<string?> CodeOfAsync(HttpResponseMessage answer)
    {
        if (answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return null;
        return (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"];
    }
}
