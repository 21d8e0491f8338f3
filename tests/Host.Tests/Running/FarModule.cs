using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Hosting;

namespace Host.Tests.Running;

/// <summary>How a module's process is.</summary>
internal enum FarMood
{
    Well,

    /// <summary>It serves, and says that it is not ready.</summary>
    IsGoing,

    /// <summary>It is ready, and is killed by whatever it is asked, once it has heard all of it.</summary>
    CutsOff,

    /// <summary>It is ready, and refuses before it begins.</summary>
    BeginsNothing,
}

/// <summary>A web server that stands for a module's process: it tells what it was asked, or is slow, or streams.</summary>
internal sealed class FarModule : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentBag<Channel<string>> _followers = [];
    private int _waiting;
    private int _written;

    private FarModule(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    public int Waiting => _waiting;

    /// <summary>How many writes have reached it.</summary>
    public int Written => _written;

    /// <summary>What it does with what it is asked, from now on.</summary>
    public FarMood Mood { get; set; }

    public static async Task<FarModule> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var module = new FarModule(app);
        app.Use(module.BeInMoodAsync);
        app.MapGet("/health/ready", () => Results.Ok());
        app.MapMethods("/api/orders/echo", ["GET", "HEAD"], Echo);
        app.MapPost("/api/orders/written", module.WriteAsync);
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

    private async Task BeInMoodAsync(HttpContext http, RequestDelegate next)
    {
        var isLooking = http.Request.Path == "/health/ready";
        if (isLooking && Mood is FarMood.IsGoing)
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        else if (!isLooking && Mood is FarMood.CutsOff)
        {
            await http.Request.Body.CopyToAsync(Stream.Null);
            if (HttpMethods.IsPost(http.Request.Method))
                Interlocked.Increment(ref _written);
            http.Abort();
        }
        else if (!isLooking && Mood is FarMood.BeginsNothing)
        {
            http.Response.Headers[GateMiddleware.NotBegunHeader] = "Orders";
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
        else
            await next(http);
    }

    private async Task<IResult> WriteAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync();
        Interlocked.Increment(ref _written);
        return Results.Text(body, statusCode: StatusCodes.Status201Created);
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
