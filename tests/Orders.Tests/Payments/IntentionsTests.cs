using Microsoft.EntityFrameworkCore;
using Orders.Domain;
using Orders.Payments;

namespace Orders.Tests.Payments;

/// <summary>What may be held is written down first, ahead where placings come fast, and handed out once.</summary>
public abstract class IntentionsTests(OrdersHost host)
{
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(2);

    [Fact]
    [Trait("Fault", "S13")]
    public async Task Two_replicas_hand_nothing_out_twice_and_only_what_is_committed()
    {
        Intentions[] replicas = [host.AnotherReplica(), host.AnotherReplica()];

        var taken = await Task.WhenAll(
            Enumerable.Range(0, 16).Select(number => Task.Run(() => TakeManyAsync(replicas[number % 2])))
        );

        taken.SelectMany(own => own).Distinct().Count().ShouldBe(16 * 40);
        await DropAllAsync(replicas);

        async Task<List<Guid>> TakeManyAsync(Intentions replica)
        {
            var own = new List<Guid>();
            for (var more = 0; more < 40; more++)
                own.Add((await TakeAsync(replica)).OrderId);
            (await WrittenAsync()).Intersect(own).Count().ShouldBe(own.Count);
            return own;
        }
    }

    [Fact]
    [Trait("Fault", "S13")]
    public async Task Between_handing_one_out_and_its_deadline_there_is_the_whole_wait()
    {
        var replica = host.AnotherReplica();
        for (var number = 0; number < 20; number++)
            await TakeAsync(replica);
        await FilledAsync(replica);
        var ready = await WrittenAsync();

        host.Clock.Advance(Wait);
        var kept = await TakeAsync(replica);
        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var fresh = await TakeAsync(replica);

        ready.ShouldContain(kept.OrderId);
        (kept.DueAt - host.Clock.GetUtcNow()).ShouldBe(Wait - TimeSpan.FromMilliseconds(1));
        ready.ShouldNotContain(fresh.OrderId);
        (fresh.DueAt - host.Clock.GetUtcNow()).ShouldBeGreaterThanOrEqualTo(Wait);
        await DropAllAsync(replica);
    }

    [Fact]
    public async Task Who_comes_alone_gets_one_written_and_nothing_is_written_ahead()
    {
        var replica = host.AnotherReplica();
        var before = await WrittenAsync();
        var taken = new List<Guid>();

        for (var number = 0; number < 5; number++)
        {
            host.Clock.Advance(TimeSpan.FromSeconds(2));
            taken.Add((await TakeAsync(replica)).OrderId);
        }

        (await WrittenAsync()).Except(before).ShouldBe(taken, ignoreOrder: true);
    }

    [Fact]
    public async Task What_lay_ready_for_too_long_is_removed_and_the_gateway_is_not_asked()
    {
        var replica = host.AnotherReplica();
        var taken = new List<Guid>();
        var before = await WrittenAsync();
        for (var number = 0; number < 20; number++)
            taken.Add((await TakeAsync(replica)).OrderId);
        await FilledAsync(replica);
        var ready = (await WrittenAsync()).Except(before).Except(taken).ToList();
        ready.ShouldNotBeEmpty();

        host.Clock.Advance(Wait + TimeSpan.FromMilliseconds(1));
        await replica.DropStaleAsync(CancellationToken.None);

        (await WrittenAsync()).Except(before).ShouldBe(taken, ignoreOrder: true);
        var references = ready.Select(id => $"{id:N}").ToList();
        (
            await host.ReadAsync(database =>
                database.Settlements.AnyAsync(row => references.Contains(row.Reference))
            )
        ).ShouldBeFalse();
    }

    private static async Task<PaymentIntention> TakeAsync(Intentions intentions) =>
        (await intentions.TakeAsync()).Value;

    /// <summary>Dropping waits for what is being written; nothing is stale yet.</summary>
    private static Task FilledAsync(Intentions replica) => replica.DropStaleAsync(CancellationToken.None);

    private static async Task DropAllAsync(params Intentions[] replicas)
    {
        foreach (var replica in replicas)
            await replica.DropAllAsync(CancellationToken.None);
    }

    private Task<List<Guid>> WrittenAsync() =>
        host.ReadAsync(database => database.PaymentIntentions.Select(row => row.OrderId).ToListAsync());
}

public sealed class IntentionsOnTheDefaultEngineTests(OrdersHost host)
    : IntentionsTests(host),
        IClassFixture<OrdersHost>;

public sealed class IntentionsOnPostgreSqlTests(OrdersHostOnPostgreSql host)
    : IntentionsTests(host),
        IClassFixture<OrdersHostOnPostgreSql>;
