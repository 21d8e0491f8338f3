using System.Diagnostics;
using System.Tests.Running;

namespace System.Tests;

/// <summary>The full chain through HTTP alone.</summary>
public class ChainTests(SharedHost shared, ITestOutputHelper output)
{
    [Fact]
    public async Task An_order_goes_from_basket_to_the_stores_rating()
    {
        var story = await Story.BeginAsync(await shared.ProcessAsync());

        var order = await story.DeliverOneAsync();
        await story.ReviewAsync(order, 4);

        await Eventually.HoldsAsync(
            async () => await story.RatingAsync() is (4, 1),
            "the rating reaches the store in Orders"
        );
        var told = (await story.Api.GetAsync($"/api/orders/{order}", story.Customer)).ShouldBe(200);
        told.Json["timeline"]!
            .AsArray()
            .Select(entry => (string)entry!["status"]!)
            .ShouldBe(["Placed", "Accepted", "Ready", "PickedUp", "Delivered"]);
    }

    [Fact]
    public async Task A_cancelled_order_releases_its_rider()
    {
        var story = await Story.BeginAsync(await shared.ProcessAsync());
        var order = await story.PlaceAsync();
        await story.AcceptAsync(order);
        await story.TakeOfferAsync(order);

        var cancelled = await story.Api.PostAsync(
            $"/api/orders/{order}/cancel",
            story.Keeper,
            new { reason = "out_of_stock" }
        );

        cancelled.ShouldBe(200);
        await Eventually.HoldsAsync(
            async () =>
                (string)(await story.Api.GetAsync("/api/riders/me", story.Rider)).Json["state"]!
                == "Available",
            "the rider is free again"
        );
    }

    /// <summary>Printed and not asserted: it depends on the machine.</summary>
    [Fact]
    public async Task How_soon_an_event_takes_effect_in_another_module_is_measured()
    {
        const int Rounds = 15;
        var story = await Story.BeginAsync(await shared.ProcessAsync());
        var took = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var order = await story.PlaceAsync();
            (await story.TryAcceptAsync(order)).ShouldBe(200);
            var committed = Stopwatch.GetTimestamp();
            await Eventually.HoldsAsync(
                async () =>
                    (await story.Api.GetAsync($"/api/deliveries/by-order/{order}", story.Customer)).Succeeded,
                "Riders knows the delivery"
            );
            took.Add(Stopwatch.GetElapsedTime(committed).TotalMilliseconds);
        }

        took.Sort();
        var line = FormattableString.Invariant(
            $"From the answer to accept to the delivery seen in Riders: median {took[Rounds / 2]:0.0} ms, worst {took[^1]:0.0} ms of {Rounds}."
        );
        output.WriteLine(line);
        TestContext.Current.SendDiagnosticMessage(line);
    }
}

public sealed class ChainOnPostgreSqlTests(SharedPostgreSqlHost shared, ITestOutputHelper output)
    : ChainTests(shared, output);

public sealed class ChainOnMixedEnginesTests(SharedMixedHost shared, ITestOutputHelper output)
    : ChainTests(shared, output);
