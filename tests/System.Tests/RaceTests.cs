using System.Tests.Running;

namespace System.Tests;

/// <summary>What is sent at the same time has one outcome.</summary>
public class RaceTests(SharedHost shared)
{
    [Fact]
    public async Task Concurrent_placings_with_one_idempotency_key_make_one_order()
    {
        var story = await Story.BeginAsync(await shared.ProcessAsync());
        for (var round = 0; round < 5; round++)
        {
            var key = $"round {round}";

            var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => story.TryPlaceAsync(key)));

            answers.ShouldAllBe(
                answer => answer.Status == 201,
                string.Join('\n', answers.Select(a => $"{a}"))
            );
            answers.Select(answer => answer.Body).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        }
        (await shared.OrdersAsync())
            .Count("order", $"\"StoreId\" = {Database.Literal(story.StoreId)}")
            .ShouldBe(5);
    }

    [Fact]
    public async Task Concurrent_placings_of_different_orders_with_one_key_make_one_order_and_one_conflict()
    {
        var story = await Story.BeginAsync(await shared.ProcessAsync());
        var other = story.Basket;
        other["note"] = "no onions";

        var answers = await Task.WhenAll(
            story.TryPlaceAsync("one key"),
            story.Api.PostAsync("/api/orders", story.Customer, other, "one key")
        );

        answers.Select(answer => answer.Status).Order().ToList().ShouldBe([201, 409]);
        answers.Single(answer => answer.Status == 409).Code.ShouldBe("idempotency_key_reused");
        (await shared.OrdersAsync())
            .Count("order", $"\"StoreId\" = {Database.Literal(story.StoreId)}")
            .ShouldBe(1);
    }

    [Fact]
    public async Task Of_accept_and_cancel_at_the_same_time_one_wins_and_one_is_409()
    {
        var story = await Story.BeginAsync(await shared.ProcessAsync());
        for (var round = 0; round < 12; round++)
        {
            var order = await story.PlaceAsync();
            Task<Answer>[] rivals = [story.TryAcceptAsync(order), story.TryCancelAsync(order)];

            var answers = await Task.WhenAll(rivals);

            var told = string.Join('\n', answers.Select(answer => $"{answer}"));
            answers.Select(answer => answer.Status).Order().ToList().ShouldBe([200, 409], told);
            var winner = answers.Single(answer => answer.Succeeded);
            (await story.StatusAsync(order)).ShouldBe((string)winner.Json["status"]!, told);
        }
    }

    [Fact]
    public async Task Of_several_accepts_at_the_same_time_one_wins()
    {
        var story = await Story.BeginAsync(await shared.ProcessAsync());
        var order = await story.PlaceAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => story.TryAcceptAsync(order)));

        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        answers.Count(answer => answer.Status == 409).ShouldBe(3);
        (await shared.OrdersAsync())
            .KeysOf("orders.order-accepted.v1")
            .Count(key => key == order)
            .ShouldBe(1);
    }
}

public sealed class RaceOnPostgreSqlTests(SharedPostgreSqlHost shared) : RaceTests(shared);

public sealed class RaceOnMixedEnginesTests(SharedMixedHost shared) : RaceTests(shared);
