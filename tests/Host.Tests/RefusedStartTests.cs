using System.Net;
using System.Net.Sockets;
using Host.Tests.Running;

namespace Host.Tests;

/// <summary>
/// A wrong or missing value stops the host at start with one sentence that names the key, and outside Development
/// so do development keys and demo accounts.
/// </summary>
public sealed class RefusedStartTests : IDisposable
{
    private readonly DataFolder _folder = new();

    [Theory]
    [InlineData("Database:Engine", "Oracle")]
    [InlineData("Database:Engine", "SqlServer", "Database:ConnectionString")]
    [InlineData("Database:Engine", "0")]
    [InlineData("Database:Migrate", "maybe")]
    [InlineData("Database:ConnectionString", "Server=x")]
    [InlineData("Database:Engin", "Sqlite")]
    [InlineData("Modules:Orders:Database:Engine", "PostgreSql", "Modules:Orders:Database:ConnectionString")]
    [InlineData("Modules:Orders:Database:Engine", "Postgres")]
    [InlineData("Modules:Orders:Database:ConnectionString", "Host=x;Password=secret")]
    [InlineData("Auth:Database:Engine", "PostgreSql", "Auth:Database:ConnectionString")]
    [InlineData("Modules:Orders:Placement", "Somewhere")]
    [InlineData("Modules:Orders:Placement", "Remote", "Broker:Kind")]
    [InlineData("Broker:ReportInterval", "soon")]
    [InlineData("Broker:ReplayByItself", "maybe")]
    [InlineData("Broker:Knd", "RabbitMq")]
    [InlineData("Broker:Followers:report:0", "orders", "Broker:Kind")]
    [InlineData("Broker:Followers:report:0", "order", "Broker:Followers:report")]
    [InlineData("Broker:Followers:report", "orders")]
    [InlineData("Broker:Followers:riders:0", "orders", "Broker:Followers:riders")]
    [InlineData("Broker:Followers:Daily report:0", "orders", "Broker:Followers:Daily report")]
    [InlineData("Gateway:AnswerWithin", "-1")]
    [InlineData("Gateway:ConcurrentCalls", "0")]
    [InlineData("Gateway:Timeout", "5")]
    [InlineData("Modules:Orders:Address", "not an address")]
    [InlineData("Modules:Orders:Address", "http://a:1;http://b:1")]
    [InlineData("Modules:Orders:Address:0", "not an address")]
    [InlineData("Modules:Orders:Address:0", "ftp://a")]
    [InlineData("Modules:Order:Placement", "Local", "Modules:Order")]
    [InlineData("Modules:Orders:Placment", "Local")]
    [InlineData("Modules:Riders:Dispach:OfferLifetime", "00:00:20", "Modules:Riders:Dispach")]
    [InlineData("Broker:Kind", "Pigeon")]
    [InlineData("Deployment:Name", "two words")]
    [InlineData("Deployment:Name", "a-name-that-is-longer-than-forty-letters-")]
    [InlineData("Deployment:Nam", "web")]
    [InlineData("Auth:Authority", "somewhere")]
    [InlineData("Auth:Authority", "https://id.example", "Auth:Audience")]
    [InlineData("Auth:Issuer", "ftp://example")]
    [InlineData("Auth:TokenRequestsPerMinute", "0")]
    [InlineData("Auth:ClientId", "web")]
    [InlineData("Auth:Clients:app:RedirectUris:0", "callback", "Auth:Clients:app:RedirectUris")]
    [InlineData("Auth:Clients:app:RedirectUris:0", "javascript:x", "Auth:Clients:app:RedirectUris")]
    [InlineData("Auth:Clients:app:RedirectUri", "https://app.example/", "Auth:Clients:app:RedirectUri")]
    [InlineData("Auth:SigningCertificatePath", "nowhere.pfx")]
    [InlineData("Metrics:AllowRemote", "yes")]
    [InlineData("Metrics:Key", "short")]
    [InlineData("Edge:KnownProxies:0", "proxy", "Edge:KnownProxies")]
    [InlineData("Edge:KnownProxies", "xx")]
    [InlineData("Streams:Poll", "abc")]
    [InlineData("Streams:BatchSize", "0")]
    [InlineData("Modules:Orders:AnswerWithin", "abc")]
    [InlineData("Modules:Orders:LeastAccepted", "1.5")]
    [InlineData("Modules:Reviews:LeastRating", "good")]
    [InlineData("Alerts:FailedPercent", "101")]
    [InlineData("Alerts:Lagg", "5")]
    [InlineData("urls", "http://nobody:bad")]
    public async Task A_wrong_value_is_refused_in_one_sentence_that_names_its_key(
        string key,
        string value,
        string? named = null
    )
    {
        var (exitCode, errors, _) = await HostProcess.RunAsync(_folder, "Development", $"--{key}={value}");

        ShouldBeOneSentence(exitCode, errors, named ?? key);
    }

    [Theory]
    [InlineData("RabbitMq", "")]
    [InlineData("RabbitMq", "localhost:5672")]
    [InlineData("Kafka", "")]
    [InlineData("Kafka", "bootstrap.servers=localhost:9092;sasl.usr=somebody")]
    public async Task A_broker_that_cannot_be_one_is_refused(string kind, string address)
    {
        var (exitCode, errors, _) = await HostProcess.RunAsync(
            _folder,
            "Development",
            "--Modules:Reviews:Placement=Remote",
            $"--Broker:Kind={kind}",
            $"--Broker:ConnectionString={address}"
        );

        ShouldBeOneSentence(exitCode, errors, "Broker:ConnectionString");
    }

    [Theory]
    [Trait("Fault", "B2")]
    [InlineData("amqp://one,amqp://two")]
    [InlineData("amqp://one:5672,two:5672")]
    [InlineData("amqp://one,two")]
    public async Task A_list_of_brokers_is_refused_and_told_what_to_name_instead(string addresses)
    {
        var (exitCode, errors, _) = await HostProcess.RunAsync(
            _folder,
            "Development",
            "--Modules:Reviews:Placement=Remote",
            "--Broker:Kind=RabbitMq",
            $"--Broker:ConnectionString={addresses}"
        );

        ShouldBeOneSentence(exitCode, errors, "Broker:ConnectionString");
        errors.ShouldContain("name one address alone: for a cluster, that of a proxy");
    }

    [Theory]
    [InlineData("PostgreSql", "Host=x;Pasword=secret")]
    [InlineData("PostgreSql", "Database=monolith;Password=secret")]
    [InlineData("PostgreSql", "secret")]
    [InlineData("SqlServer", "Server=x;Pasword=secret")]
    [InlineData("SqlServer", "Server=x;Password=secret")]
    [InlineData("SqlServer", "Server=x;Database=master;Password=secret")]
    [InlineData("SqlServer", "Database=monolith;Password=secret")]
    public async Task A_connection_string_that_cannot_be_read_is_refused_and_not_told(
        string engine,
        string text
    )
    {
        var (exitCode, errors, output) = await HostProcess.RunAsync(
            _folder,
            "Development",
            $"--Modules:Orders:Database:Engine={engine}",
            $"--Modules:Orders:Database:ConnectionString={text}"
        );

        ShouldBeOneSentence(exitCode, errors, "Modules:Orders:Database:ConnectionString");
        (errors + output).ShouldNotContain("secret");
    }

    [Fact]
    [Trait("Fault", "S16")]
    public async Task A_migration_that_a_database_refuses_ends_with_a_sentence()
    {
        var (exitCode, errors, _) = await HostProcess.RunAsync(
            _folder,
            "Development",
            "migrate",
            "--Database:Engine=PostgreSql",
            "--Database:ConnectionString=Host=127.0.0.1;Port=1;Database=none;Username=nobody"
        );

        ShouldBeOneSentence(exitCode, errors, "Database:ConnectionString");
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_is_refused()
    {
        await File.WriteAllTextAsync(_folder.File("file"), "");

        var (exitCode, errors, _) = await HostProcess.RunInAsync(
            Path.Combine(_folder.File("file"), "below"),
            "Development"
        );

        ShouldBeOneSentence(exitCode, errors, "Database:Directory");
    }

    [Fact]
    public async Task An_address_in_use_is_refused()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var (exitCode, errors, _) = await HostProcess.RunAsync(
            _folder,
            "Development",
            "--urls",
            $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}"
        );

        ShouldBeOneSentence(exitCode, errors, "urls");
    }

    [Fact]
    public async Task Outside_development_the_issuers_name_must_be_set()
    {
        var (exitCode, errors, _) = await HostProcess.RunAsync(_folder, "Production");

        ShouldBeOneSentence(exitCode, errors, "Auth:Issuer");
    }

    [Fact]
    public async Task Outside_development_the_signing_certificate_must_be_set()
    {
        var (exitCode, errors, _) = await HostProcess.RunAsync(
            _folder,
            "Production",
            "--Auth:Issuer=https://id.example/"
        );

        ShouldBeOneSentence(exitCode, errors, "Auth:SigningCertificatePath");
    }

    [Fact]
    public async Task Outside_development_the_development_key_is_refused_even_inside_a_certificate()
    {
        await using (await HostProcess.StartAsync(_folder)) { }
        var certificate = Certificates.Write(
            _folder.File("wrapped.pem"),
            await File.ReadAllTextAsync(_folder.File("development-signing-key.pem"))
        );

        var (exitCode, errors, _) = await HostProcess.RunAsync(_folder, "Production", Signing(certificate));

        ShouldBeOneSentence(exitCode, errors, "Auth:SigningCertificatePath");
    }

    [Fact]
    public async Task Outside_development_an_expired_certificate_is_refused()
    {
        var certificate = Certificates.Write(_folder.File("old.pem"), expired: true);

        var (exitCode, errors, _) = await HostProcess.RunAsync(_folder, "Production", Signing(certificate));

        ShouldBeOneSentence(exitCode, errors, "Auth:SigningCertificatePath");
    }

    [Fact]
    public async Task Outside_development_a_database_with_demo_accounts_is_refused()
    {
        await using (var development = await HostProcess.StartAsync(_folder))
            await development.Http.TokenOfAsync("customer@demo.local");
        var certificate = Certificates.Write(_folder.File("good.pem"));

        var (exitCode, errors, _) = await HostProcess.RunAsync(_folder, "Production", Signing(certificate));

        ShouldBeOneSentence(exitCode, errors, "Database:Directory");
    }

    [Fact]
    public async Task Outside_development_a_database_that_was_not_migrated_is_refused()
    {
        var certificate = Certificates.Write(_folder.File("good.pem"));

        var (exitCode, errors, _) = await HostProcess.RunAsync(_folder, "Production", Signing(certificate));

        ShouldBeOneSentence(exitCode, errors, "Database:Migrate");
    }

    [Fact]
    public async Task After_the_migrate_command_it_starts_and_knows_no_password_grant()
    {
        var certificate = Certificates.Write(_folder.File("good.pem"));
        var migrated = await HostProcess.RunAsync(
            _folder,
            "Production",
            ["migrate", .. Signing(certificate)]
        );
        migrated.ExitCode.ShouldBe(0, migrated.Errors);

        await using var host = await HostProcess.StartAsync(_folder, "Production", Signing(certificate));
        host.Http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        using var token = await host.Http.AskForTokenAsync("customer@demo.local");
        using var health = await host.Http.GetAsync("/health/live");

        token.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await token.ReadJsonAsync()).GetProperty("error").GetString().ShouldBe("unsupported_grant_type");
        health.StatusCode.ShouldBe(HttpStatusCode.OK);
        File.Exists(_folder.File("development-signing-key.pem")).ShouldBeFalse();
    }

    public void Dispose() => _folder.Dispose();

    private static string[] Signing(string certificate) =>
        [
            "--Auth:Issuer=https://id.example/",
            $"--Auth:SigningCertificatePath={certificate}",
            "--Edge:KnownProxies:0=127.0.0.1",
        ];

    private static void ShouldBeOneSentence(int exitCode, string errors, string key)
    {
        exitCode.ShouldNotBe(0);
        var lines = errors.Split(
            '\n',
            StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
        );
        lines.Length.ShouldBe(1, errors);
        lines[0].ShouldStartWith($"{key}: ");
        lines[0].ShouldEndWith(".");
    }
}
