using System.Tests.Running;

namespace System.Tests;

/// <summary>Issue 2: what is sent at the same time has one outcome.</summary>
public sealed class RaceTests(SharedHost shared)
{
    [Fact]
    public async Task Concurrent_placings_with_one_idempotency_key_make_one_order()
    {
        var story = await Story.BeginAsync(shared.Process);
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
        shared.Orders.Count("order", $"StoreId = '{story.StoreId:D}' COLLATE NOCASE").ShouldBe(5);
    }

    [Fact]
    public async Task Concurrent_placings_of_different_orders_with_one_key_make_one_order_and_one_conflict()
    {
        var story = await Story.BeginAsync(shared.Process);
        var other = story.Basket;
        other["note"] = "no onions";

        var answers = await Task.WhenAll(
            story.TryPlaceAsync("one key"),
            story.Api.PostAsync("/api/orders", story.Customer, other, "one key")
        );

        answers.Select(answer => answer.Status).Order().ToList().ShouldBe([201, 409]);
        answers.Single(answer => answer.Status == 409).Code.ShouldBe("idempotency_key_reused");
        shared.Orders.Count("order", $"StoreId = '{story.StoreId:D}' COLLATE NOCASE").ShouldBe(1);
    }

    [Fact]
    public async Task Of_accept_and_cancel_at_the_same_time_one_wins_and_one_is_409()
    {
        var story = await Story.BeginAsync(shared.Process);
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
        var story = await Story.BeginAsync(shared.Process);
        var order = await story.PlaceAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => story.TryAcceptAsync(order)));

        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        answers.Count(answer => answer.Status == 409).ShouldBe(3);
        shared.Orders.KeysOf("orders.order-accepted.v1").Count(key => key == order).ShouldBe(1);
    }
}
