using Host.Settings;
using Microsoft.AspNetCore.HttpOverrides;
using Platform.Http;
using Platform.Telemetry;

namespace Host.Edge;

/// <summary>What every request passes before it reaches an endpoint, whatever that is.</summary>
internal static class EdgeSetup
{
    private const string DefaultAddress = "http://localhost:5080";
    private const long LargestBody = 1024 * 1024;

    /// <summary>Every way of saying where to listen; the default address must not override one that is used.</summary>
    private static readonly string[] AddressKeys = ["urls", "http_ports", "https_ports"];

    public static void AddEdge(this WebApplicationBuilder builder, HostSettings settings)
    {
        if (
            AddressKeys.All(key => string.IsNullOrEmpty(builder.Configuration[key]))
            && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists()
        )
        {
            builder.WebHost.UseUrls(DefaultAddress);
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Use(ServerRefusals.Explain));
            kestrel.Limits.MaxRequestBodySize = LargestBody;
            kestrel.Limits.MaxRequestHeaderCount = 64;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.MaxRequestLineSize = 8 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        });
        builder.Services.Configure<HostOptions>(options =>
            options.ShutdownTimeout = TimeSpan.FromSeconds(15)
        );
        builder.Services.AddSingleton<Drain>();
        builder.Services.AddSingleton<IHostLifetime, DrainingLifetime>();
        builder.Services.Configure<ForwardedHeadersOptions>(options => Believe(options, settings.Edge));
        builder.Services.AddHsts(options => options.MaxAge = TimeSpan.FromDays(365));
        builder.Services.AddJson().AddProblems();
    }

    /// <summary>Goes first. Ends with routing, so that what follows knows the endpoint.</summary>
    public static void UseEdge(this WebApplication app, HostSettings settings)
    {
        if (settings.Edge.KnownProxies.Count > 0)
        {
            app.UseForwardedHeaders();
            app.Use(TellOfPrefix);
        }
        app.UseMiddleware<RequestLog>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<HeadRequests>();
        app.Use(LeaveWhenDraining);
        app.UseProblems();
        if (!app.Environment.IsDevelopment())
        {
            app.UseHsts();
            app.UseHttpsRedirection();
        }

        app.UseRouting();
    }

    /// <summary>Every link would lead out of the path that the proxy has put this host below.</summary>
    private static RequestDelegate TellOfPrefix(RequestDelegate next) =>
        http =>
        {
            if (http.Request.Headers.ContainsKey("X-Forwarded-Prefix"))
                http.RequestServices.GetRequiredService<IncidentLog>()
                    .Tell("Who came through a proxy", $"X-Forwarded-Prefix: {EdgeSettings.WantsAHost}");
            return next(http);
        };

    /// <summary>Who keeps a connection for the next request is to make that one elsewhere.</summary>
    private static RequestDelegate LeaveWhenDraining(RequestDelegate next) =>
        http =>
        {
            if (
                http.RequestServices.GetRequiredService<Drain>().IsUnderWay
                && HttpProtocol.IsHttp11(http.Request.Protocol)
            )
                http.Response.Headers.Connection = "close";
            return next(http);
        };

    private static void Believe(ForwardedHeadersOptions options, EdgeSettings edge)
    {
        // The host as well: by it a module behind a gateway knows its own site's forms from another site's.
        options.ForwardedHeaders =
            ForwardedHeaders.XForwardedFor
            | ForwardedHeaders.XForwardedProto
            | ForwardedHeaders.XForwardedHost;
        // As many as are known: the first that is not is the client, however many proxies stand in a row.
        options.ForwardLimit = null;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in edge.KnownProxies)
            options.KnownIPNetworks.Add(proxy);
    }
}
