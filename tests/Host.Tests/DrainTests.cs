using System.Diagnostics;
using System.Globalization;
using System.Net;
using Host.Tests.Running;

namespace Host.Tests;

/// <summary>How a process stops that is told to.</summary>
[Trait("Fault", "E4")]
public sealed class DrainTests(ITestOutputHelper output)
{
    private const string Good = "good";

    private const int PerSecond = 100;

    private const int MostUnderWay = 50;

    /// <summary>How often both replicas are restarted; <c>MONOLITH_ROLLING_ROUNDS</c> asks for more.</summary>
    private static readonly int Rounds = int.Parse(
        Environment.GetEnvironmentVariable("MONOLITH_ROLLING_ROUNDS") ?? "1",
        CultureInfo.InvariantCulture
    );

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_process_that_is_told_to_stop_is_unready_first_and_serves_on_for_a_while()
    {
        using var folder = new DataFolder();
        await using var host = await HostProcess.StartAsync(
            folder,
            "Development",
            "--Edge:DrainFor=00:00:04"
        );
        await IsReadyAsync(host);

        await host.TerminateAsync();

        await Eventually.HoldsAsync(
            async () =>
            {
                using var ready = await host.Http.GetAsync("/health/ready");
                return ready.StatusCode is HttpStatusCode.ServiceUnavailable;
            },
            "it is not ready"
        );
        using var live = await host.Http.GetAsync("/health/live");
        using var call = await host.Http.GetAsync("/api/stores?latitude=37.512&longitude=127.1");
        live.StatusCode.ShouldBe(HttpStatusCode.OK);
        call.StatusCode.ShouldBe(HttpStatusCode.OK);
        call.Headers.ConnectionClose.ShouldBe(true, "the next request is for another replica");
        (await host.EndsWithinAsync(Limit)).ShouldBe(0);
    }

    [Fact]
    public async Task Told_twice_it_does_not_wait()
    {
        using var folder = new DataFolder();
        await using var host = await HostProcess.StartAsync(
            folder,
            "Development",
            "--Edge:DrainFor=00:10:00"
        );

        await host.TerminateAsync();
        await Eventually.HoldsAsync(
            () => host.Output.Contains("Told to stop", StringComparison.Ordinal),
            "it was told"
        );
        await host.TerminateAsync();

        (await host.EndsWithinAsync(Limit)).ShouldBe(0);
    }

    [Fact]
    public async Task Two_replicas_behind_a_balancer_are_restarted_one_after_the_other_without_a_failed_request()
    {
        SkipTestException.ThrowIf(Balancer.Missing);
        using var folder = new DataFolder();
        int[] ports = [Balancer.FreePort(), Balancer.FreePort()];
        var hosts = new HostProcess[ports.Length];
        try
        {
            for (var number = 0; number < ports.Length; number++)
                hosts[number] = await StartAsync(folder, ports[number]);
            await using var balancer = await Balancer.StartAsync(ports);
            using var done = new CancellationTokenSource();
            var calling = CallAsync(balancer, done.Token);

            for (var restart = 0; restart < Rounds * ports.Length; restart++)
            {
                var number = restart % ports.Length;
                await hosts[number].TerminateAsync();
                (await hosts[number].EndsWithinAsync(Limit)).ShouldBe(0);
                await hosts[number].DisposeAsync();
                hosts[number] = await StartAsync(folder, ports[number]);
                await balancer.SeesAllAsync();
            }

            await done.CancelAsync();
            var answers = await calling;
            answers.Count.ShouldBeGreaterThan(PerSecond);
            answers.Where(answer => answer != Good).Distinct().ShouldBeEmpty();
        }
        finally
        {
            foreach (var host in hosts.Where(host => host is not null))
                await host.DisposeAsync();
        }
    }

    /// <summary>Calls at a steady rate, however long each takes, until there have been enough.</summary>
    private async Task<IReadOnlyList<string>> CallAsync(Balancer balancer, CancellationToken done)
    {
        var since = Stopwatch.StartNew();
        var calls = new List<Task<string>>();
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1) / PerSecond);
        while (!done.IsCancellationRequested)
        {
            await pace.WaitForNextTickAsync(CancellationToken.None);
            // A machine that cannot keep up is not to be drowned: what is measured is failures, not speed.
            var underWay = calls.Count(call => !call.IsCompleted);
            for (
                ;
                calls.Count < since.Elapsed.TotalSeconds * PerSecond && underWay < MostUnderWay;
                underWay++
            )
                calls.Add(AskAsync(balancer));
        }
        var answers = await Task.WhenAll(calls);
        output.WriteLine(
            FormattableString.Invariant(
                $"{answers.Length} calls, {answers.Length / since.Elapsed.TotalSeconds:0} a second, in {Rounds} rounds."
            )
        );
        return answers;
    }

    private static async Task<string> AskAsync(Balancer balancer)
    {
        try
        {
            using var answer = await balancer.Http.GetAsync("/api/stores?latitude=37.512&longitude=127.1");
            return answer.IsSuccessStatusCode ? Good : await answer.Content.ReadAsStringAsync();
        }
        catch (HttpRequestException broken)
        {
            return broken.Message;
        }
    }

    private static async Task<HostProcess> StartAsync(DataFolder folder, int port)
    {
        var host = await HostProcess.StartAsync(
            folder,
            "Development",
            "--urls",
            $"http://127.0.0.1:{port}",
            "--Edge:DrainFor=00:00:03"
        );
        await IsReadyAsync(host);
        return host;
    }

    private static Task IsReadyAsync(HostProcess host) =>
        Eventually.HoldsAsync(
            async () =>
            {
                using var ready = await host.Http.GetAsync("/health/ready");
                return (await ready.ReadJsonAsync()).GetProperty("status").GetString() == "Healthy";
            },
            "it is ready"
        );
}
