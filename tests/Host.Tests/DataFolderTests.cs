using System.Net;
using Host.Settings;
using Host.Tests.Running;
using Microsoft.AspNetCore.Builder;
using Platform.Settings;

namespace Host.Tests;

/// <summary>The data folder is made when something is kept in it, and not otherwise.</summary>
[Trait("Fault", "E7")]
public sealed class DataFolderTests
{
    private const string Nowhere = "--Database:Directory=/proc/nowhere";

    private static readonly string[] OnAServer =
    [
        "--Database:Engine=PostgreSql",
        "--Database:ConnectionString=Host=127.0.0.1;Port=1",
    ];

    [Fact]
    public async Task With_everything_on_a_server_a_folder_that_cannot_be_made_is_not_missed()
    {
        SkipTestException.ThrowIf(PostgreSqlServer.Missing);
        using var folder = new DataFolder();
        var server = await PostgreSqlServer.SharedAsync();
        await using var host = await EdgeHost.StartAsync(
            "Production",
            "--Database:Engine=PostgreSql",
            $"--Database:ConnectionString={await server.CreateDatabaseAsync()}",
            "--Database:Migrate=true",
            "--Auth:Issuer=https://id.example/",
            $"--Auth:SigningCertificatePath={Certificates.Write(folder.File("good.pem"))}",
            Nowhere
        );

        using var ready = await host.Http.GetAsync("/health/ready");

        ready.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("the key of Development")]
    [InlineData("a module's file", "--Modules:Orders:Database:Engine=Sqlite")]
    [InlineData("the accounts' file", "--Auth:Database:Engine=Sqlite")]
    public void What_is_kept_there_needs_it(string kept, params string[] further)
    {
        var refused = Should.Throw<SettingRefusedException>(() => Read([.. OnAServer, Nowhere, .. further]));

        refused.Message.ShouldStartWith("Database:Directory: ", customMessage: kept);
    }

    [Fact, Trait("Fault", "E6")]
    public void A_path_prefix_is_refused_in_a_sentence_that_says_what_to_do()
    {
        var refused = Should.Throw<SettingRefusedException>(() => Read(["--Edge:PathBase=/food"]));

        refused.Message.ShouldStartWith("Edge:PathBase: ");
        refused.Message.ShouldContain("a name of its own");
    }

    [Fact, Trait("Fault", "E6")]
    public async Task A_proxy_that_puts_the_host_below_a_path_is_told_of_once()
    {
        await using var host = await EdgeHost.StartAsync("Development", "--Edge:KnownProxies:0=127.0.0.1");
        for (var call = 0; call < 5; call++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
            request.Headers.Add("X-Forwarded-Prefix", "/food");
            (await host.Http.SendAsync(request)).Dispose();
        }

        host.Log.Lines.Count(line => line.Contains("a name of its own", StringComparison.Ordinal))
            .ShouldBe(1);
    }

    private static HostSettings Read(params IReadOnlyList<string> arguments)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { EnvironmentName = "Development", Args = [.. arguments] }
        );
        return HostSettings.Read(builder.Configuration, builder.Environment, "Orders");
    }
}
