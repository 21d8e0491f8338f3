using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Host.Tests.Running;

/// <summary>A web server that stands for a module's process: it tells what it was asked, or is slow, or streams.</summary>
internal sealed class FarModule : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentBag<Channel<string>> _followers = [];
    private int _waiting;

    private FarModule(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    public int Waiting => _waiting;

    public static async Task<FarModule> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var module = new FarModule(app);
        app.MapMethods("/api/orders/echo", ["GET", "HEAD"], Echo);
        app.MapGet("/api/orders/never", module.NeverAsync);
        app.MapGet("/api/orders/stream", module.StreamAsync);
        await app.StartAsync();
        module.Address = new Uri(
            app.Services.GetRequiredService<IServer>()
                .Features.Get<IServerAddressesFeature>()!
                .Addresses.Single()
        );
        return module;
    }

    /// <summary>Says a line to whoever follows the stream.</summary>
    public void Say(string line)
    {
        foreach (var follower in _followers)
            follower.Writer.TryWrite(line);
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    private static IResult Echo(HttpRequest request) =>
        Results.Ok(
            new
            {
                path = $"{request.Path}{request.QueryString}",
                authorization = $"{request.Headers.Authorization}",
                traceparent = $"{request.Headers.TraceParent}",
                forwardedFor = $"{request.Headers["X-Forwarded-For"]}",
                forwardedHost = $"{request.Headers["X-Forwarded-Host"]}",
                cookies = $"{request.Headers.Cookie}",
            }
        );

    private async Task NeverAsync(HttpContext http)
    {
        Interlocked.Increment(ref _waiting);
        await Task.Delay(Timeout.Infinite, http.RequestAborted);
    }

    private async Task StreamAsync(HttpContext http)
    {
        var lines = Channel.CreateUnbounded<string>();
        _followers.Add(lines);
        http.Response.ContentType = "text/event-stream";
        await http.Response.Body.FlushAsync();
        await foreach (var line in lines.Reader.ReadAllAsync(http.RequestAborted))
        {
            await http.Response.WriteAsync($"{line}\n");
            await http.Response.Body.FlushAsync();
        }
    }
}
