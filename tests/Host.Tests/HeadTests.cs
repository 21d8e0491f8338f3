using System.Net;
using Host.Pages;
using Host.Tests.Running;

namespace Host.Tests;

/// <summary>HEAD is answered as GET is, without the body.</summary>
[Trait("Fault", "E5")]
public sealed class HeadTests : IAsyncLifetime
{
    private FarModule _far = null!;
    private EdgeHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _far = await FarModule.StartAsync();
        _host = await EdgeHost.StartAsync(
            "Development",
            "--Modules:Orders:Placement=Remote",
            $"--Modules:Orders:Address={_far.Address}"
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _far.DisposeAsync();
    }

    [Theory]
    [InlineData("/test/orders")]
    [InlineData("/test/orders/0199c000-0000-7000-8000-000000000101")]
    [InlineData("/test/mine")]
    [InlineData("/test/nothing")]
    [InlineData("/health/live")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/docs/")]
    [InlineData("/docs/scalar.js")]
    [InlineData("/.well-known/openid-configuration")]
    [InlineData("/api/orders/echo")]
    [InlineData("/metrics")]
    [InlineData("/assets")]
    public async Task It_has_what_GET_has_without_a_body(string path)
    {
        path = path == "/assets" ? ShellAssets.Path("app.js") : path;
        using var get = await _host.Http.GetAsync(path);
        using var request = new HttpRequestMessage(HttpMethod.Head, path);

        using var head = await _host.Http.SendAsync(request);

        head.StatusCode.ShouldBe(get.StatusCode);
        head.Content.Headers.ContentType.ShouldBe(get.Content.Headers.ContentType);
        (await head.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Where_there_is_no_GET_there_is_no_HEAD()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/test/done");

        using var answer = await _host.Http.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }
}
