using System.Collections;
using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using Host.Pages;
using Host.Tests.Running;

namespace Host.Tests;

/// <summary>What somebody who is not signed in may make this host do or keep: little.</summary>
public sealed class StrangersCostTests
{
    [Fact, Trait("Fault", "A2")]
    public async Task Only_assets_that_exist_are_remembered()
    {
        await using var host = await EdgeHost.StartAsync();
        using var known = await host.Http.GetAsync(ShellAssets.Path("app.js"));
        known.StatusCode.ShouldBe(HttpStatusCode.OK);
        var before = Remembered();

        foreach (var name in (string[])["nothing", "app.js.map", "..", "APP.JS", "assets"])
        {
            using var answer = await host.Http.GetAsync(ShellAssets.Path(name));
            await answer.ShouldBeProblemAsync(404, "not_found");
        }

        Remembered().ShouldBe(before);
    }

    [Fact, Trait("Fault", "A3")]
    public async Task The_description_is_made_once_and_told_to_everybody()
    {
        await using var host = await EdgeHost.StartAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => host.Http.GetStringAsync("/openapi/v1.json"))
        );

        answers.Distinct().Count().ShouldBe(1);
        host.DescriptionsMade.ShouldBe(1);
    }

    [Theory, Trait("Fault", "A3")]
    [InlineData("/openapi/v1.json", "application/json")]
    [InlineData("/docs/", "text/html")]
    public async Task Who_has_the_description_already_is_not_sent_it_again(string path, string type)
    {
        await using var host = await EdgeHost.StartAsync();
        using var first = await host.Http.GetAsync(path);
        first.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag.ShouldNotBeNull());

        using var second = await host.Http.SendAsync(request);

        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact, Trait("Fault", "A3")]
    public async Task The_description_goes_compressed_to_who_can_read_that()
    {
        await using var host = await EdgeHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi/v1.json");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));

        using var answer = await host.Http.SendAsync(request);

        answer.Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        answer.Headers.Vary.ShouldContain("Accept-Encoding");
    }

    [Theory, Trait("Fault", "A3")]
    [InlineData("/docs/made-up")]
    [InlineData("/openapi/v2.json")]
    public async Task No_description_is_made_of_what_does_not_exist(string path)
    {
        await using var host = await EdgeHost.StartAsync();

        using var answer = await host.Http.GetAsync(path);

        await answer.ShouldBeProblemAsync(404, "not_found");
    }

    private static int Remembered() =>
        typeof(ShellAssets)
            .GetFields(BindingFlags.Static | BindingFlags.NonPublic)
            .Select(field => field.GetValue(null))
            .OfType<ICollection>()
            .Sum(all => all.Count);
}
