using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.Time.Testing;
using Platform.Testing;
using Reviews.Contracts;

namespace Reviews.Tests.Features;

public sealed class StoreTests(RunningReviews reviews)
{
    [Fact]
    public async Task A_store_replies_and_changes_its_reply()
    {
        var review = await reviews.PublishAsync();
        var store = reviews.Store(review.Order.StoreId);

        await store.PostAsJsonAsync($"{review.Path}/reply", new { text = "Thank you." }).OkAsync();
        await store
            .PutAsJsonAsync($"{review.Path}/reply", new { text = "Thank you, call 010-1234-5678." })
            .OkAsync();

        var seen = await reviews.Host.Anonymous().GetAsync(review.Path).OkAsync();
        seen.GetProperty("reply").Text("text").ShouldBe("Thank you, call ***.");
        seen.GetProperty("reply").IsNull("editedAt").ShouldBeFalse();
    }

    [Fact]
    public async Task Another_store_does_not_reply()
    {
        var review = await reviews.PublishAsync();

        await reviews
            .Store(RunningReviews.NewId())
            .PostAsJsonAsync($"{review.Path}/reply", new { text = "Thank you." })
            .ShouldBeAsync(HttpStatusCode.Forbidden, "not_your_store");
    }

    [Fact]
    public async Task Another_store_does_not_learn_of_a_hidden_review()
    {
        var review = await reviews.PublishAsync();
        await reviews.Operator().PostAsync($"{review.Path}/hide", null).OkAsync();

        await reviews
            .Store(RunningReviews.NewId())
            .PostAsJsonAsync($"{review.Path}/reply", new { text = "Thank you." })
            .ShouldBeAsync(HttpStatusCode.NotFound, "review_not_found");
    }

    [Fact]
    public async Task An_empty_reply_is_refused()
    {
        var review = await reviews.PublishAsync();

        await reviews
            .Store(review.Order.StoreId)
            .PostAsJsonAsync($"{review.Path}/reply", new { text = " " })
            .ShouldNameFieldAsync("text");
    }

    [Fact]
    public async Task A_customer_does_not_reply()
    {
        var review = await reviews.PublishAsync();

        await reviews
            .Customer(review.Order.CustomerId)
            .PostAsJsonAsync($"{review.Path}/reply", new { text = "No." })
            .ShouldBeAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_dispute_hides_the_review_from_everyone_it_does_not_concern()
    {
        var review = await reviews.PublishAsync();
        var store = reviews.Store(review.Order.StoreId);

        var disputed = await Dispute(store, review).OkAsync();

        disputed.Text("status").ShouldBe("Hidden");
        disputed.GetProperty("dispute").Text("outcome").ShouldBe("pending");
        await reviews.Host.Anonymous().GetAsync(review.Path).ShouldBeAsync(HttpStatusCode.NotFound);
        await store.GetAsync(review.Path).OkAsync();
        await reviews.Customer(review.Order.CustomerId).GetAsync(review.Path).OkAsync();
        var said = await reviews.SaidOfAsync(review);
        said.OfType<ReviewHidden>().Single().Reason.ShouldBe("dispute");
        said.OfType<StoreRatingChanged>().Last().Count.ShouldBe(0);
    }

    [Fact]
    public async Task Another_store_does_not_dispute()
    {
        var review = await reviews.PublishAsync();

        await Dispute(reviews.Store(RunningReviews.NewId()), review)
            .ShouldBeAsync(HttpStatusCode.Forbidden, "not_your_store");
    }

    [Fact]
    public async Task A_review_is_disputed_once()
    {
        var review = await reviews.PublishAsync();
        var store = reviews.Store(review.Order.StoreId);
        await Dispute(store, review).OkAsync();
        await reviews.Operator().PostAsync($"{review.Path}/restore", null).OkAsync();

        await Dispute(store, review).ShouldBeAsync(HttpStatusCode.Conflict, "already_disputed");
    }

    [Fact]
    public async Task A_dispute_without_a_reason_is_refused()
    {
        var review = await reviews.PublishAsync();

        await reviews
            .Store(review.Order.StoreId)
            .PostAsJsonAsync($"{review.Path}/dispute", new { })
            .ShouldNameFieldAsync("reason");
    }

    [Fact]
    public async Task A_dispute_that_nobody_rules_on_ends_after_30_days()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var running = await RunningReviews.WithClockAsync(clock);
        var review = await running.PublishAsync();
        await Dispute(running.Store(review.Order.StoreId), review).OkAsync();
        var anyone = running.Host.Anonymous();

        clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromMinutes(2));
        await anyone.GetAsync(review.Path).ShouldBeAsync(HttpStatusCode.NotFound);

        await Eventually.HoldsAsync(
            async () =>
            {
                clock.Advance(TimeSpan.FromMinutes(1));
                return (await anyone.GetAsync(review.Path)).StatusCode == HttpStatusCode.OK;
            },
            "the review is back"
        );
        var said = await running.SaidOfAsync(review);
        said[^2].ShouldBeOfType<ReviewPublished>();
        said[^1].ShouldBeOfType<StoreRatingChanged>().Count.ShouldBe(1);
    }

    private static Task<HttpResponseMessage> Dispute(HttpClient store, WrittenReview review) =>
        store.PostAsJsonAsync($"{review.Path}/dispute", new { reason = "Never ordered here." });
}
