using System.Tests.Running;
using Npgsql;

namespace System.Tests;

/// <summary>
/// A module elsewhere whose database does not let it in any more says so in one sentence that names the key,
/// orders go on, and it goes on by itself when it is let in again.
/// </summary>
public sealed class RefusedLoginTests : IAsyncLifetime
{
    private const string Key = "Modules:Reviews:Database:ConnectionString";
    private const string Sentence = $"{Key}: PostgreSql refuses the user or the password.";
    private const string Password = "as the module was told";

    private readonly string _login = $"reviews_{Tokens.NewId():N}";
    private PostgreSqlServer _server = null!;
    private SpreadDeployment _deployment = null!;

    public async ValueTask InitializeAsync()
    {
        using var folder = new TemporaryFolder(TestEngine.PostgreSql);
        var address = new NpgsqlConnectionStringBuilder((await folder.DatabaseAsync())!);
        _server = await PostgreSqlServer.SharedAsync();
        await _server.ExecuteAsync(
            address.Database!,
            $"CREATE ROLE {_login} LOGIN PASSWORD '{Password}'; GRANT CREATE ON DATABASE {address.Database} TO {_login}"
        );
        (address.Username, address.Password) = (_login, Password);
        _deployment = await SpreadDeployment.StartAsync(
            await RabbitMq.ConnectionStringAsync(),
            "Reviews",
            "--Modules:Reviews:Database:Engine=PostgreSql",
            $"--{Key}={address.ConnectionString}"
        );
    }

    [Fact]
    public async Task It_is_told_in_one_sentence_and_over_when_it_is_let_in_again()
    {
        var story = await Story.BeginAsync(_deployment.Front);
        await story.ReviewAsync(await story.DeliverOneAsync(), 5);

        await ChangePasswordAsync("another");
        var whileRunning = await story.DeliverOneAsync();
        await TellsAsync("Unreachable");
        await _deployment.KillAsync("Reviews");
        await _deployment.StartAsync("Reviews");
        await TellsAsync("Starting");
        var atStart = await story.DeliverOneAsync();
        var health = await _deployment.ProcessOf("Reviews").Api.GetAsync("/health/ready");
        await ChangePasswordAsync(Password);

        health.ShouldBe(503);
        ((string?)health.Json["entries"]!["Reviews"]!["status"]).ShouldBe("Unhealthy");
        await story.ReviewAsync(whileRunning, 1);
        await story.ReviewAsync(atStart, 3);
        await Eventually.HoldsAsync(
            async () => await story.RatingAsync() is (3, 3),
            "each review counts once"
        );
    }

    public ValueTask DisposeAsync() => _deployment?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Whoever is in is sent out, too.</summary>
    private Task ChangePasswordAsync(string password) =>
        _server.ExecuteAsync(
            "postgres",
            $"ALTER ROLE {_login} PASSWORD '{password}'; SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '{_login}'"
        );

    /// <summary>The web app's operator sees the module's own words.</summary>
    private Task TellsAsync(string state) =>
        Eventually.HoldsAsync(
            async () =>
                (
                    await _deployment.Front.Api.GetAsync(
                        "/api/ops/modules",
                        _deployment.Front.Tokens.Operator()
                    )
                )
                    .Json.AsArray()
                    .Select(module => module!)
                    .Single(module => (string?)module["name"] == "Reviews")
                    .ToJsonString()
                    is { } told
                && told.Contains($"\"state\":\"{state}\"", StringComparison.Ordinal)
                && told.Contains($"\"lastError\":\"{Sentence}\"", StringComparison.Ordinal),
            $"it is {state} and says why"
        );
}
