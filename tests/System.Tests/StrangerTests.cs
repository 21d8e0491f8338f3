using System.Tests.Running;

namespace System.Tests;

/// <summary>What belongs to somebody else does not exist for those who try.</summary>
public class StrangerTests(SharedHost shared)
{
    [Fact]
    public async Task Somebody_elses_ids_are_404()
    {
        var mine = await Story.BeginAsync(await shared.ProcessAsync());
        var stranger = await Story.BeginAsync(await shared.ProcessAsync());
        var delivered = await mine.DeliverOneAsync();
        var review = await mine.ReviewAsync(delivered, 5);
        var placed = await mine.PlaceAsync();
        var carried = await mine.PlaceAsync();
        await mine.AcceptAsync(carried);
        var delivery = await mine.TakeOfferAsync(carried);
        var api = (await shared.ProcessAsync()).Api;
        var scores = new { foodRating = 1, deliveryRating = 1 };

        Answer[] answers =
        [
            await api.GetAsync($"/api/orders/{placed}", stranger.Customer),
            await api.GetAsync($"/api/orders/{placed}", stranger.Keeper),
            await api.GetAsync($"/api/orders/{placed}", stranger.Rider),
            await stranger.TryCancelAsync(placed),
            await stranger.TryAcceptAsync(placed),
            await api.PostAsync($"/api/orders/{placed}/reject", stranger.Keeper, new { reason = "too_busy" }),
            await api.PostAsync($"/api/orders/{placed}/cancel", stranger.Keeper, new { reason = "too_busy" }),
            await api.PostAsync($"/api/orders/{carried}/ready", stranger.Keeper),
            await api.GetAsync($"/api/deliveries/by-order/{carried}", stranger.Customer),
            await api.GetAsync($"/api/deliveries/by-order/{carried}", stranger.Rider),
            await api.PostAsync($"/api/deliveries/{delivery}/pick-up", stranger.Rider),
            await api.PostAsync($"/api/deliveries/{delivery}/deliver", stranger.Rider),
            await api.PostAsync($"/api/deliveries/{delivery}/give-up", stranger.Rider),
            await api.PostAsync(
                "/api/reviews",
                stranger.Customer,
                new
                {
                    orderId = delivered,
                    foodRating = 1,
                    deliveryRating = 1,
                }
            ),
            await api.SendAsync(HttpMethod.Delete, $"/api/reviews/{Tokens.NewId()}", stranger.Customer),
        ];

        answers.ShouldAllBe(answer => answer.Status == 404, string.Join('\n', answers.Select(a => $"{a}")));

        // A review is public: others see it and may not touch it.
        (await api.PutAsync($"/api/reviews/{review}", stranger.Customer, scores)).ShouldBe(403);
        (await api.SendAsync(HttpMethod.Delete, $"/api/reviews/{review}", stranger.Customer)).ShouldBe(403);
        (await api.PostAsync($"/api/reviews/{review}/reply", stranger.Keeper, new { text = "No" })).ShouldBe(
            403
        );
        (await api.PutAsync($"/api/stores/{mine.StoreId}/pause", stranger.Keeper)).ShouldBe(403);
        (await mine.StatusAsync(placed)).ShouldBe("Placed");
        (await mine.StatusAsync(carried)).ShouldBe("Accepted");
        (await mine.RatingAsync()).Count.ShouldBeLessThanOrEqualTo(1);
    }
}
