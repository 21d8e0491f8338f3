using System.Tests.Running;

namespace System.Tests;

/// <summary>A module leaves the running deployment with its data, and comes back with all that was written meanwhile.</summary>
public sealed class TakingDataTests
{
    [Theory]
    [InlineData("Orders", Engines.PostgreSql)]
    [InlineData("Riders", Engines.Sqlite)]
    [InlineData("Reviews", Engines.PostgreSql)]
    public async Task A_module_takes_its_data_to_a_database_of_its_own_and_back_and_no_call_fails(
        string module,
        Engines engines
    )
    {
        using var deployment = await Deployment.OnAsync(engines);
        var own = (await TestDatabases.CreateAsync(TestEngine.PostgreSql))!;
        await using var moving = await Moving.BeginAsync(deployment, module, own);
        var stories = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Story.BeginAsync(moving.Web)));
        var key = $"{Tokens.NewId()}";
        var placed = (await stories[0].TryPlaceAsync(key)).ShouldBe(201).Id("orderId");
        await stories[0].DeliverAsync(placed);
        await using var people = People.Begin(stories);

        await moving.OutAsync();
        (await moving.HomeAsync(moving.Other)).ShouldBe(moving.OtherName);
        await people.EachOrdersOnceMoreAsync();
        await moving.BackAsync();
        await people.EachOrdersOnceMoreAsync();
        await moving.OutAsync();
        await people.EachOrdersOnceMoreAsync();

        var reviews = await people.EndAsync();
        foreach (var (number, story) in stories.Index())
        {
            await Eventually.HoldsAsync(
                async () => await story.RatingAsync() == (4, reviews[number]),
                "every review counts once"
            );
        }
        // A key of before the move gets its first answer.
        (await stories[0].TryPlaceAsync(key))
            .ShouldBe(201)
            .Id("orderId")
            .ShouldBe(placed);
        var (finish, finished) = await moving.ExtractAsync("--finish");
        finish.ShouldBe(0, finished);
        var (drop, dropped) = await moving.ExtractAsync("--drop");
        drop.ShouldBe(0, dropped);
        deployment.Of(module.ToLowerInvariant()).Count("outbox").ShouldBe(0);
        await stories[0].DeliverOneAsync();
    }
}
