using System.Security.Cryptography;
using Host.Edge;
using Host.Gateway;
using Host.Identity;
using Host.Pages;
using Host.Settings;
using Host.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Platform.Http;
using Platform.Live;
using Platform.Modules;

namespace Host.Tests.Running;

/// <summary>The host's edge and identity, on a real server, in front of endpoints that stand for a module's.</summary>
internal sealed class EdgeHost : IAsyncDisposable
{
    private readonly DataFolder _folder;
    private readonly WebApplication _app;

    private int _descriptionsMade;

    private EdgeHost(DataFolder folder, WebApplication app) => (_folder, _app) = (folder, app);

    /// <summary>How often the description of the API was put together.</summary>
    public int DescriptionsMade => _descriptionsMade;

    public IServiceProvider Services => _app.Services;

    /// <summary>What the host wrote to its log.</summary>
    public CollectedLog Log { get; private init; } = null!;

    /// <summary>Who looks at passwords.</summary>
    public CountingHasher Hasher { get; private init; } = null!;

    /// <summary>Signs the demo store's keeper in, once sessions can begin; the cookie as a browser sends it.</summary>
    public async Task<string> SignInAsync()
    {
        await Services.GetRequiredService<IdentityPreparation>().Ready;
        using var signedIn = await Http.GetAsync("/test/sign-in");
        return signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    /// <summary>Calls as a browser with a cookie.</summary>
    public async Task<HttpResponseMessage> GetAsync(string path, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", cookie);
        return await Http.SendAsync(request);
    }

    public HttpClient Http { get; private set; } = null!;

    /// <summary>A module that may be elsewhere.</summary>
    private static ModuleDefinition Orders =>
        ModuleDefinition.Named("Orders", typeof(EdgeHost).Assembly).WithPaths("/api/orders");

    public static async Task<EdgeHost> StartAsync(
        string environment = "Development",
        params IReadOnlyList<string> arguments
    )
    {
        var folder = new DataFolder();
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions
            {
                EnvironmentName = environment,
                ContentRootPath = AppContext.BaseDirectory,
                Args = ["--urls", "http://127.0.0.1:0", $"--Database:Directory={folder.Path}", .. arguments],
            }
        );
        builder.Logging.ClearProviders();
        var log = new CollectedLog();
        builder.Logging.AddProvider(log);
        var settings = HostSettings.Read(builder.Configuration, builder.Environment, "Orders");
        builder.AddEdge(settings);
        builder.AddIdentity(settings);
        builder.AddTelemetry();
        builder.AddGateway(settings, [Orders]);
        builder.Services.AddApiDescription();
        builder.Services.TryAddSingleton<LiveTenures>();
        var hasher = new CountingHasher();
        builder.Services.AddSingleton<IPasswordHasher<Account>>(hasher);
        Action? described = null;
        builder.Services.Configure<OpenApiOptions>(
            "v1",
            options =>
                options.AddDocumentTransformer(
                    (_, _, _) =>
                    {
                        described?.Invoke();
                        return Task.CompletedTask;
                    }
                )
        );
        var app = builder.Build();
        app.UseEdge(settings);
        app.UseIdentity();
        app.MapIdentity();
        app.MapTelemetry();
        app.MapHealth();
        app.MapApiDescription();
        app.MapGateway();
        ShellAssets.Map(app);
        if (settings.Auth.ClientId is not null)
            ExternalSignIn.Map(app);
        TestEndpoints.Map(app);
        var host = new EdgeHost(folder, app) { Log = log, Hasher = hasher };
        described = () => Interlocked.Increment(ref host._descriptionsMade);
        await app.StartAsync();
        var address = app
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.Single();
        host.Http = new HttpClient(new HttpClientHandler { UseCookies = false })
        {
            BaseAddress = new Uri(address),
        };
        return host;
    }

    /// <summary>A token as the host issues them, signed with its own key or with a stranger's.</summary>
    public string Token(
        string role,
        TimeSpan? age = null,
        bool strange = false,
        string audience = "monolith-api",
        Dictionary<string, object>? claims = null
    )
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (!strange)
            key.ImportFromPem(File.ReadAllText(_folder.File("development-signing-key.pem")));
        var issued = TimeProvider.System.GetUtcNow().UtcDateTime - (age ?? TimeSpan.Zero);
        var handler = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false };
        return handler.CreateToken(
            new SecurityTokenDescriptor
            {
                TokenType = "at+jwt",
                Issuer = "http://localhost:5080/",
                Audience = audience,
                IssuedAt = issued,
                Expires = issued.AddHours(1),
                Claims =
                    claims
                    ?? new Dictionary<string, object>(StringComparer.Ordinal)
                    {
                        ["sub"] = "0199c000-0000-7000-8000-000000000001",
                        ["role"] = role,
                    },
                SigningCredentials = new SigningCredentials(
                    new ECDsaSecurityKey(key) { CryptoProviderFactory = { CacheSignatureProviders = false } },
                    SecurityAlgorithms.EcdsaSha256
                ),
            }
        );
    }

    /// <summary>Stops it, as a process that was told to.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
    }
}

/// <summary>One endpoint of each kind that modules have.</summary>
internal static class TestEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var test = routes.MapGroup("/test");
        test.MapPost("/orders", Place).AllowAnonymous();
        test.MapGet("/orders", List).AllowAnonymous();
        test.MapGet("/orders/{id:guid}", Read).AllowAnonymous();
        test.MapGet("/failing", Fail).AllowAnonymous();
        test.MapGet("/mine", Mine).RequireRole(Roles.Customer);
        test.MapGet("/forgotten", Forgotten);
        test.MapGet("/sign-in", SignInAsync).AllowAnonymous();
        test.MapPost("/done", Forgotten).AllowAnonymous();
        test.MapGet("/live", Live).RequireAnyRole();
        test.MapGet("/sign-out", (Delegate)SignInPages.SignOutAsync).AllowAnonymous();
    }

    /// <summary>A live stream with nothing to say.</summary>
    private static async Task Live(HttpContext http, LiveTenures tenures)
    {
        if (tenures.TryBegin(http) is not { } tenure)
        {
            await http.WriteProblemAsync(429, LiveTenures.RefusalCode, LiveTenures.Refusal);
            return;
        }
        http.Response.ContentType = "text/event-stream";
        await http.Response.Body.FlushAsync();
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, tenure.Over);
        await Task.Delay(Timeout.Infinite, ends.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Begins a session of the demo store's keeper.</summary>
    private static Task SignInAsync(HttpContext http) =>
        Session.BeginAsync(
            http,
            new Account
            {
                Id = DemoIds.StoreKeeper,
                Role = Roles.Store,
                StoreId = DemoIds.FirstStore,
            }
        );

    private static IResult Place(PlaceBody body) => Results.Ok(body);

    private static IResult List(int limit = 20, Guid? storeId = null, Status? status = null) =>
        Results.Ok(
            new
            {
                limit,
                storeId,
                status,
            }
        );

    private static IResult Read(Guid id) => Results.Ok(new { id });

    private static IResult Fail() => throw new InvalidOperationException("the secret of the shop");

    private static IResult Mine(Caller caller) => Results.Ok(caller);

    private static IResult Forgotten() => Results.Ok();

    internal sealed record PlaceBody(
        Guid StoreId,
        List<Line> Items,
        double Latitude,
        Status Status,
        string? Note
    );

    internal sealed record Line(Guid MenuItemId, int Quantity, decimal Price = 0);

    internal enum Status
    {
        Placed,
        PickedUp,
    }
}
