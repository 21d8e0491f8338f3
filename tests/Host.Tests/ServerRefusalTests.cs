using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Host.Tests.Running;

namespace Host.Tests;

/// <summary>What the server refuses before there is a request has a problem body like every other refusal.</summary>
[Trait("Fault", "A11")]
public sealed class ServerRefusalTests(BadRequestTests.Edge edge) : IClassFixture<BadRequestTests.Edge>
{
    [Fact]
    public Task An_address_that_is_too_long_is_414() =>
        ShouldBeRefusedAsync(
            $"GET /{new string('a', 9_000)} HTTP/1.1\r\nHost: x\r\n\r\n",
            414,
            "uri_too_long"
        );

    [Fact]
    public Task Headers_that_are_too_large_are_431() =>
        ShouldBeRefusedAsync(
            $"GET / HTTP/1.1\r\nHost: x\r\nCookie: {new string('a', 20_000)}\r\n\r\n",
            431,
            "headers_too_large"
        );

    [Fact]
    public Task Too_many_headers_are_431()
    {
        var headers = string.Concat(Enumerable.Range(0, 80).Select(number => $"X-{number}: a\r\n"));
        return ShouldBeRefusedAsync($"GET / HTTP/1.1\r\nHost: x\r\n{headers}\r\n", 431, "headers_too_large");
    }

    [Theory]
    [InlineData("RUBBISH\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n")]
    [InlineData("GET /%00 HTTP/1.1\r\nHost: x\r\n\r\n")]
    public Task Rubbish_is_400(string request) => ShouldBeRefusedAsync(request, 400, "bad_request");

    [Fact]
    public Task Another_version_is_505() =>
        ShouldBeRefusedAsync("GET / HTTP/3.7\r\nHost: x\r\n\r\n", 505, "http_version");

    private async Task ShouldBeRefusedAsync(string request, int status, string code)
    {
        var address = edge.Host.Http.BaseAddress!;
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(30));

        answer.ShouldStartWith($"HTTP/1.1 {status} ");
        var (head, body) = (answer[..answer.IndexOf("\r\n\r\n", StringComparison.Ordinal)], "");
        body = answer[(head.Length + 4)..];
        head.ShouldContain("Content-Type: application/problem+json");
        head.ShouldContain(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}"));
        var problem = JsonDocument.Parse(body).RootElement;
        problem.GetProperty("code").GetString().ShouldBe(code);
        problem.GetProperty("type").GetString().ShouldBe($"urn:problem:{code}");
        problem.GetProperty("status").GetInt32().ShouldBe(status);
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
        problem.GetProperty("traceId").GetString().ShouldNotBeNullOrEmpty();
    }
}
