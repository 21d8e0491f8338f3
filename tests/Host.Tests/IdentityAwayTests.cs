using System.Diagnostics;
using System.Globalization;
using System.Net;
using Host.Tests.Running;

namespace Host.Tests;

/// <summary>While the database of accounts is away, what does not need it goes on.</summary>
[Trait("Fault", "E2")]
public sealed class IdentityAwayTests
{
    private const string NeedsSomebody = "/test/forgotten";

    [Fact]
    public async Task It_is_degraded_and_not_unready_and_sessions_go_on()
    {
        SkipTestException.ThrowIf(PostgreSqlServer.Missing);
        await using var server = await PostgreSqlServer.StartAsync(durable: true);
        await using var host = await OnAsync(server);
        var cookie = await host.SignInAsync();
        await Eventually.HoldsAsync(() => StatusAsync(host, "Healthy"), "it is healthy");

        await server.CrashAsync();

        for (var look = 0; look < 20; look++)
            (await StatusAsync(host, "Degraded")).ShouldBeTrue();
        using (var answer = await host.GetAsync(NeedsSomebody, cookie))
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        using (var token = await host.Http.AskForTokenAsync("rider@demo.local"))
            await token.ShouldBeProblemAsync(503, "identity_unavailable");
        host.Log.Lines.ShouldAllBe(line => !line.Contains("   at ", StringComparison.Ordinal));
        host.Log.Lines.Count(line => line.Contains("Identity", StringComparison.Ordinal)).ShouldBe(1);

        await server.StartAgainAsync();
        await Eventually.HoldsAsync(() => StatusAsync(host, "Healthy"), "it is healthy again");
        (await host.GetAsync("/test/sign-out", cookie)).Dispose();
        using var after = await host.GetAsync(NeedsSomebody, cookie);
        after.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Who_signs_out_meanwhile_stays_signed_out()
    {
        SkipTestException.ThrowIf(PostgreSqlServer.Missing);
        await using var server = await PostgreSqlServer.StartAsync(durable: true);
        await using var host = await OnAsync(server);
        var (cookie, another) = (await host.SignInAsync(), await host.SignInAsync());
        await server.CrashAsync();

        (await host.GetAsync("/test/sign-out", cookie)).Dispose();

        using (var meanwhile = await host.GetAsync(NeedsSomebody, cookie))
            meanwhile.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        await server.StartAgainAsync();
        await Eventually.HoldsAsync(() => StatusAsync(host, "Healthy"), "it is healthy again");
        // Whoever comes next brings the news to the database, and so to every replica.
        (await host.GetAsync(NeedsSomebody, another)).Dispose();
        await using var replica = await OnAsync(server);
        await Eventually.HoldsAsync(() => StatusAsync(replica, "Healthy"), "the replica is healthy");
        using var after = await replica.GetAsync(NeedsSomebody, cookie);
        after.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        using var other = await replica.GetAsync(NeedsSomebody, another);
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_database_that_hangs_holds_readiness_up_for_two_seconds_at_most()
    {
        SkipTestException.ThrowIf(PostgreSqlServer.Missing);
        await using var server = await PostgreSqlServer.StartAsync(durable: true);
        await using var host = await OnAsync(server);
        var cookie = await host.SignInAsync();
        await Eventually.HoldsAsync(() => StatusAsync(host, "Healthy"), "it is healthy");
        var frozen = Family(server.ProcessId);

        Signal("-STOP", frozen);
        try
        {
            for (var look = 0; look < 5; look++)
            {
                var since = Stopwatch.StartNew();
                (await StatusAsync(host, "Degraded")).ShouldBeTrue();
                using var answer = await host.GetAsync(NeedsSomebody, cookie);
                answer.StatusCode.ShouldBe(HttpStatusCode.OK);
                since.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(4));
            }
        }
        finally
        {
            Signal("-CONT", frozen);
        }
        await Eventually.HoldsAsync(() => StatusAsync(host, "Healthy"), "it is healthy again");
    }

    private static async Task<EdgeHost> OnAsync(PostgreSqlServer server) =>
        await EdgeHost.StartAsync(
            "Development",
            "--Auth:Database:Engine=PostgreSql",
            $"--Auth:Database:ConnectionString={server.ConnectionStringOf("postgres")}"
        );

    private static async Task<bool> StatusAsync(EdgeHost host, string status)
    {
        using var answer = await host.Http.GetAsync("/health/ready");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var body = await answer.ReadJsonAsync();
        return body.GetProperty("status").GetString() == status
            && body.GetProperty("entries").GetProperty("Identity").GetProperty("status").GetString()
                == status;
    }

    /// <summary>A server and the processes it has for its connections.</summary>
    private static List<int> Family(int server) =>
        [
            server,
            .. Directory
                .EnumerateDirectories("/proc")
                .Select(folder => Path.GetFileName(folder))
                .Where(name => int.TryParse(name, CultureInfo.InvariantCulture, out _))
                .Select(name => int.Parse(name, CultureInfo.InvariantCulture))
                .Where(process => ParentOf(process) == server),
        ];

    private static int? ParentOf(int process)
    {
        try
        {
            var fields = File.ReadAllText($"/proc/{process}/stat");
            var rest = fields[(fields.LastIndexOf(')') + 2)..].Split(' ');
            return int.Parse(rest[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static void Signal(string signal, List<int> processes)
    {
        var ids = processes.Select(id => id.ToString(CultureInfo.InvariantCulture));
        using var kill = Process.Start("kill", [signal, .. ids]);
        kill.WaitForExit();
    }
}
