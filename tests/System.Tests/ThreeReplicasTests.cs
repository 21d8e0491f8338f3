using System.Tests.Running;

namespace System.Tests;

/// <summary>
/// Three hosts that began at the same moment on one empty database, behind any balancer, are as one.
/// </summary>
public sealed class ThreeReplicasTests(ThreeReplicasTests.Replicas replicas)
    : IClassFixture<ThreeReplicasTests.Replicas>
{
    private const int TokensPerMinute = 10;

    /// <summary>In this order: once too many were asked for, nobody here gets another for a minute.</summary>
    [Fact]
    public async Task A_token_of_one_is_good_at_all_and_their_number_is_limited_over_all()
    {
        await ATokenOfOneIsGoodAtAllAsync();
        await TheirNumberIsLimitedOverAllAsync();
    }

    [Fact]
    public async Task One_key_sent_to_all_of_them_at_once_makes_one_order()
    {
        var story = await Story.BeginAsync(replicas.Hosts[0]);
        for (var round = 0; round < 4; round++)
        {
            var key = $"round {round}";
            var answers = await Task.WhenAll(
                replicas.Hosts.Concat(replicas.Hosts).Select(host => story.At(host.Api).TryPlaceAsync(key))
            );
            answers.ShouldAllBe(answer => answer.Status == 201);
            answers.Select(answer => answer.Body).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        }
        var orders = replicas.Deployment.Of("orders");
        orders.Count("order", $"\"StoreId\" = {Database.Literal(story.StoreId)}").ShouldBe(4);
    }

    [Fact]
    public async Task Of_accept_and_cancel_sent_to_different_ones_at_the_same_time_one_wins_and_one_is_409()
    {
        var story = await Story.BeginAsync(replicas.Hosts[0]);
        for (var round = 0; round < 6; round++)
        {
            var order = await story.PlaceAsync();

            var answers = await Task.WhenAll(
                story.At(replicas.Hosts[1].Api).TryAcceptAsync(order),
                story.At(replicas.Hosts[2].Api).TryCancelAsync(order)
            );

            answers.Select(answer => answer.Status).Order().ToList().ShouldBe([200, 409]);
        }
    }

    [Fact]
    public async Task Deadlines_that_all_of_them_sweep_are_acted_on_once()
    {
        const int Orders = 12;
        var story = await Story.BeginAsync(replicas.Hosts[0]);
        var placed = new List<Guid>();
        for (var number = 0; number < Orders; number++)
            placed.Add(await story.At(replicas.Hosts[number % 3].Api).PlaceAsync());

        replicas
            .Deployment.Of("orders")
            .Execute(
                $"""
                UPDATE "order" SET "AnswerBy" = now() - interval '1 minute'
                WHERE "StoreId" = {Database.Literal(story.StoreId)}
                """
            );

        foreach (var order in placed)
        {
            await Eventually.HoldsAsync(
                async () => await story.StatusAsync(order) == "Expired",
                $"order {order} expires"
            );
        }

        var expired = replicas.Deployment.Of("orders").KeysOf("orders.order-expired.v1");
        foreach (var order in placed)
            expired.Count(key => key == order).ShouldBe(1);
    }

    private async Task ATokenOfOneIsGoodAtAllAsync()
    {
        var (first, second, third) = (replicas.Hosts[0], replicas.Hosts[1], replicas.Hosts[2]);
        var signedIn = await AskAsync(
            first,
            ("grant_type", "password"),
            ("username", "customer@demo.local"),
            ("password", "Demo-1234!"),
            ("scope", "offline_access")
        );
        signedIn.ShouldBe(200);

        var renewed = await AskAsync(
            second,
            ("grant_type", "refresh_token"),
            ("refresh_token", (string)signedIn.Json["refresh_token"]!)
        );

        renewed.ShouldBe(200);
        var token = (string)renewed.Json["access_token"]!;
        (await third.Api.GetAsync("/api/orders", token)).ShouldBe(200);
    }

    /// <summary>Each by itself would let its own number pass; together they let one number pass a minute.</summary>
    private async Task TheirNumberIsLimitedOverAllAsync()
    {
        var allowed = 0;
        while (allowed <= 2 * TokensPerMinute)
        {
            var answer = await AskAsync(
                replicas.Hosts[allowed % 3],
                ("grant_type", "password"),
                ("username", "nobody@demo.local"),
                ("password", "wrong")
            );
            if (answer.Status == 429)
                break;
            answer.ShouldBe(400);
            allowed++;
        }

        // A minute may have begun in between, with a number of its own.
        allowed.ShouldBeLessThanOrEqualTo(2 * TokensPerMinute);
    }

    private static Task<Answer> AskAsync(HostProcess host, params (string Name, string Value)[] form) =>
        host.Api.SendAsync(
            HttpMethod.Post,
            "/connect/token",
            content: new FormUrlEncodedContent(
                form.Append(("client_id", "monolith-cli"))
                    .Select(field => KeyValuePair.Create(field.Item1, field.Item2))
            )
        );

    public sealed class Replicas : IAsyncLifetime
    {
        internal Deployment Deployment { get; private set; } = null!;

        internal IReadOnlyList<HostProcess> Hosts { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            Deployment = await Deployment.OnAsync(Engines.PostgreSql);
            Hosts = await Task.WhenAll(
                Enumerable
                    .Range(0, 3)
                    .Select(_ =>
                        HostProcess.StartAsync(
                            Deployment,
                            "--Modules:Orders:SweepInterval=00:00:00.050",
                            $"--Auth:TokenRequestsPerMinute={TokensPerMinute}",
                            "--Streams:Poll=00:00:00.200"
                        )
                    )
            );
            foreach (var host in Hosts)
                await host.IsReadyAsync();
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var host in Hosts)
                await host.DisposeAsync();
            Deployment.Dispose();
        }
    }
}
