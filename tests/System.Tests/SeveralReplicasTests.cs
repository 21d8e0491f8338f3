using System.Collections.Concurrent;
using System.Tests.Running;

namespace System.Tests;

/// <summary>A module in two processes of its own, behind the web app, loses one after the other.</summary>
public sealed class SeveralReplicasTests(ITestOutputHelper output)
{
    private static readonly string[] Patient =
    [
        "--Edge:DrainFor=00:00:03",
        "--Edge:KnownProxies:0=127.0.0.1",
        "--Broker:ReportInterval=00:00:00.500",
        "--Gateway:AnswerWithin=00:01:00",
    ];

    [Fact]
    public async Task One_replica_of_a_module_is_killed_and_the_other_restarted_and_no_call_that_is_safe_fails()
    {
        using var deployment = await Deployment.OnAsync(Engines.PostgreSql);
        var (web, first, second) = (
            SpreadDeployment.FreePort(),
            SpreadDeployment.FreePort(),
            SpreadDeployment.FreePort()
        );
        string[] broker =
        [
            "--Broker:Kind=RabbitMq",
            $"--Broker:ConnectionString={await RabbitMq.ConnectionStringAsync()}",
            $"--Broker:Prefix=several-{Tokens.NewId():N}",
        ];
        Task<HostProcess> StartOrdersAsync(int port) =>
            HostProcess.StartAsync(
                deployment,
                [
                    $"--urls=http://127.0.0.1:{port}",
                    $"--Auth:Authority=http://127.0.0.1:{web}",
                    "--Auth:Audience=monolith-api",
                    "--Modules:Riders:Placement=Remote",
                    "--Modules:Reviews:Placement=Remote",
                    .. broker,
                    .. Patient,
                ]
            );
        await using var front = await HostProcess.StartAsync(
            deployment,
            [
                $"--urls=http://127.0.0.1:{web}",
                "--Modules:Orders:Placement=Remote",
                $"--Modules:Orders:Address:0=http://127.0.0.1:{first}",
                $"--Modules:Orders:Address:1=http://127.0.0.1:{second}",
                .. broker,
                .. Patient,
            ]
        );
        var one = await StartOrdersAsync(first);
        var other = await StartOrdersAsync(second);
        try
        {
            await front.IsReadyAsync();
            await one.IsReadyAsync();
            await other.IsReadyAsync();
            var story = await Story.BeginAsync(front);
            var followed = await story.PlaceAsync();
            (await front.ActAsync("orders", "pause")).ShouldBe(204);
            foreach (var replica in (HostProcess[])[one, other])
            {
                await Eventually.HoldsAsync(
                    async () => (await replica.Api.GetAsync("/api/stores")).Code == "module_paused",
                    "each replica is paused"
                );
            }
            (await front.ActAsync("orders", "resume")).ShouldBe(204);
            await using var calls = Steady.Begin(front, story, followed);
            await calls.GoOnAsync();

            await one.KillAsync();
            await calls.GoOnAsync();
            await Eventually.HoldsAsync(
                async () => await TroubleAsync(front) is [var down] && down.Contains($":{first}"),
                "the gateway tells which one is down"
            );
            await one.DisposeAsync();
            one = await StartOrdersAsync(first);
            await IsKnownToBeBackAsync(front);
            await calls.GoOnAsync();

            await other.TerminateAsync();
            await calls.GoOnAsync();
            await other.DisposeAsync();
            other = await StartOrdersAsync(second);
            await IsKnownToBeBackAsync(front);
            await calls.GoOnAsync();

            (await story.TryCancelAsync(followed)).ShouldBe(200);
            var (sent, placed) = await calls.EndAsync();
            output.WriteLine($"{sent} calls, {placed} of them placings.");
            deployment
                .Of("orders")
                .Count("order", $"\"StoreId\" = {Database.Literal(story.StoreId)}")
                .ShouldBe(placed + 1, "each placing made one order");
        }
        finally
        {
            await one.DisposeAsync();
            await other.DisposeAsync();
        }
    }

    private static Task IsKnownToBeBackAsync(HostProcess front) =>
        Eventually.HoldsAsync(
            async () => (await TroubleAsync(front)).Count == 0,
            "the gateway finds both well"
        );

    /// <summary>What the control room shows of the addresses that are down.</summary>
    private static async Task<IReadOnlyList<string>> TroubleAsync(HostProcess front)
    {
        var modules = (await front.Api.GetAsync("/api/ops/modules", front.Tokens.Operator())).ShouldBe(200);
        var addresses = modules.Json.AsArray().Single(module => (string)module!["name"]! == "Orders")![
            "addresses"
        ]!.AsArray();
        addresses.Count.ShouldBe(2);
        return
        [
            .. addresses
                .Where(address => address!["trouble"] is not null)
                .Select(address => $"{address!["address"]} {address["trouble"]}"),
        ];
    }

    /// <summary>Looks, placings and an open stream, at a steady pace whatever becomes of each.</summary>
    private sealed class Steady : IAsyncDisposable
    {
        private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(40);

        private readonly HttpClient _http;
        private readonly Story _story;
        private readonly Guid _followed;
        private readonly CancellationTokenSource _ends = new();
        private readonly ConcurrentQueue<string> _failures = new();
        private readonly Task _calling;
        private readonly Task _following;
        private int _answered;
        private int _placed;

        private Steady(HostProcess front, Story story, Guid followed)
        {
            (_story, _followed) = (story, followed);
            _http = new HttpClient { BaseAddress = front.Api.Address };
            _http.DefaultRequestHeaders.Authorization = new("Bearer", story.Customer);
            _calling = CallAsync();
            _following = FollowAsync();
        }

        public static Steady Begin(HostProcess front, Story story, Guid followed) =>
            new(front, story, followed);

        /// <summary>Waits for a hundred answers more, and that none was a failure.</summary>
        public async Task GoOnAsync()
        {
            var wanted = Volatile.Read(ref _answered) + 100;
            await Eventually.HoldsAsync(() => Volatile.Read(ref _answered) >= wanted, "calls are answered");
            _failures.ShouldBeEmpty();
        }

        /// <summary>Stops, once the stream has told of the order's end.</summary>
        public async Task<(int Sent, int Placed)> EndAsync()
        {
            await Eventually.HoldsAsync(() => _following.IsCompleted, "the stream tells of the order's end");
            await _following;
            await _ends.CancelAsync();
            await _calling;
            _failures.ShouldBeEmpty();
            return (_answered, _placed);
        }

        public async ValueTask DisposeAsync()
        {
            await _ends.CancelAsync();
            await _calling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _http.Dispose();
            await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _ends.Dispose();
        }

        private async Task CallAsync()
        {
            var calls = new List<Task>();
            using var pace = new PeriodicTimer(Pace);
            for (var number = 0; !_ends.IsCancellationRequested; number++)
            {
                await pace.WaitForNextTickAsync(CancellationToken.None);
                calls.Add(
                    (number % 3) switch
                    {
                        0 => PlaceAsync(),
                        1 => ExpectAsync(_story.Api.GetAsync($"/api/stores/{_story.StoreId}"), 200),
                        _ => ExpectAsync(
                            _story.Api.GetAsync($"/api/orders/{_followed}", _story.Customer),
                            200
                        ),
                    }
                );
            }
            await Task.WhenAll(calls);
        }

        private async Task PlaceAsync()
        {
            if (await ExpectAsync(_story.TryPlaceAsync($"{Tokens.NewId()}"), 201))
                Interlocked.Increment(ref _placed);
        }

        private async Task<bool> ExpectAsync(Task<Answer> call, int status)
        {
            try
            {
                var answer = await call;
                if (answer.Status != status)
                    _failures.Enqueue($"{answer}");
                return answer.Status == status;
            }
            catch (HttpRequestException broken)
            {
                _failures.Enqueue(broken.Message);
                return false;
            }
            finally
            {
                Interlocked.Increment(ref _answered);
            }
        }

        /// <summary>Follows an order as a browser does: it comes back, and is told what it has missed.</summary>
        private async Task FollowAsync()
        {
            string? last = null;
            while (!_ends.IsCancellationRequested)
            {
                try
                {
                    await using var stream = await LiveClient.OpenAsync(
                        _http,
                        $"/api/orders/{_followed}/stream",
                        last
                    );
                    while (true)
                    {
                        var told = await stream.NextAsync();
                        last = told.Id;
                        if (told.Text("status") == "Cancelled")
                            return;
                    }
                }
                catch (Exception ended)
                    when (ended
                            is InvalidOperationException
                                or IOException
                                or HttpRequestException
                                or TimeoutException
                    )
                {
                    // It has ended, broke off with its replica, or had nothing to tell: the next goes on from there.
                }
            }
        }
    }
}
