using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.Time.Testing;
using Reviews.Contracts;

namespace Reviews.Tests.Features;

public sealed class AuthoringTests(RunningReviews reviews)
{
    private static readonly object Changed = new
    {
        foodRating = 1,
        deliveryRating = 2,
        text = "On second thoughts.",
    };

    [Fact]
    public async Task An_edit_changes_the_review_and_the_rating()
    {
        var review = await reviews.PublishAsync(food: 5, delivery: 5);

        var edited = await reviews
            .Customer(review.Order.CustomerId)
            .PutAsJsonAsync(review.Path, Changed)
            .OkAsync();

        edited.Text("text").ShouldBe("On second thoughts.");
        edited.IsNull("editedAt").ShouldBeFalse();
        var said = await reviews.SaidOfAsync(review);
        said.OfType<ReviewPublished>().Count().ShouldBe(1);
        var changed = said.OfType<StoreRatingChanged>().Last();
        (changed.Average, changed.Count, changed.Revision).ShouldBe((1, 1, 2));
    }

    [Fact]
    public async Task An_edit_of_words_alone_says_nothing()
    {
        var review = await reviews.PublishAsync(food: 5, delivery: 4);

        await reviews
            .Customer(review.Order.CustomerId)
            .PutAsJsonAsync(
                review.Path,
                new
                {
                    foodRating = 5,
                    deliveryRating = 4,
                    text = "Other words.",
                }
            )
            .OkAsync();

        (await reviews.SaidOfAsync(review)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Somebody_elses_published_review_is_forbidden_ground()
    {
        var review = await reviews.PublishAsync();
        var other = reviews.Customer(RunningReviews.NewId());

        await other
            .PutAsJsonAsync(review.Path, Changed)
            .ShouldBeAsync(HttpStatusCode.Forbidden, "not_your_review");
        await other.DeleteAsync(review.Path).ShouldBeAsync(HttpStatusCode.Forbidden, "not_your_review");
    }

    [Fact]
    public async Task Somebody_elses_hidden_review_is_not_there()
    {
        var review = await reviews.PublishAsync();
        await reviews.Operator().PostAsync($"{review.Path}/hide", null).OkAsync();
        var other = reviews.Customer(RunningReviews.NewId());

        await other
            .PutAsJsonAsync(review.Path, Changed)
            .ShouldBeAsync(HttpStatusCode.NotFound, "review_not_found");
        await other.DeleteAsync(review.Path).ShouldBeAsync(HttpStatusCode.NotFound, "review_not_found");
    }

    [Fact]
    public async Task Ones_own_hidden_review_cannot_be_edited_but_removed()
    {
        var review = await reviews.PublishAsync();
        await reviews.Operator().PostAsync($"{review.Path}/hide", null).OkAsync();
        var author = reviews.Customer(review.Order.CustomerId);

        await author
            .PutAsJsonAsync(review.Path, Changed)
            .ShouldBeAsync(HttpStatusCode.Conflict, "review_hidden");
        await author.DeleteAsync(review.Path).ShouldBeAsync(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task An_edit_is_held_to_the_same_limits()
    {
        var review = await reviews.PublishAsync();

        await reviews
            .Customer(review.Order.CustomerId)
            .PutAsJsonAsync(
                review.Path,
                new
                {
                    foodRating = 9,
                    deliveryRating = 1,
                    text = "",
                }
            )
            .ShouldNameFieldAsync("foodRating");
    }

    [Fact]
    public async Task A_removed_review_is_gone_and_counts_no_more()
    {
        var review = await reviews.PublishAsync();
        var author = reviews.Customer(review.Order.CustomerId);

        await author.DeleteAsync(review.Path).ShouldBeAsync(HttpStatusCode.NoContent);

        await author.GetAsync(review.Path).ShouldBeAsync(HttpStatusCode.NotFound, "review_not_found");
        await reviews.Operator().GetAsync(review.Path).ShouldBeAsync(HttpStatusCode.NotFound);
        var said = await reviews.SaidOfAsync(review);
        said.OfType<ReviewRemoved>().Count().ShouldBe(1);
        said.OfType<StoreRatingChanged>().Last().Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_removed_review_is_neither_removed_nor_written_again()
    {
        var review = await reviews.PublishAsync();
        var author = reviews.Customer(review.Order.CustomerId);
        await author.DeleteAsync(review.Path).ShouldBeAsync(HttpStatusCode.NoContent);

        await author.DeleteAsync(review.Path).ShouldBeAsync(HttpStatusCode.NotFound, "review_not_found");
        await author
            .PostAsJsonAsync(
                "/api/reviews",
                new
                {
                    review.Order.OrderId,
                    foodRating = 1,
                    deliveryRating = 1,
                }
            )
            .ShouldBeAsync(HttpStatusCode.Conflict, "already_reviewed");
    }

    [Fact]
    public async Task A_day_after_publishing_the_review_is_no_longer_edited()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var running = await RunningReviews.WithClockAsync(clock);
        var review = await running.PublishAsync();
        var author = running.Customer(review.Order.CustomerId);

        clock.Advance(TimeSpan.FromHours(24));
        await author.PutAsJsonAsync(review.Path, Changed).OkAsync();

        clock.Advance(TimeSpan.FromTicks(1));
        await author
            .PutAsJsonAsync(review.Path, Changed)
            .ShouldBeAsync(HttpStatusCode.Conflict, "edit_window_closed");
        await author.DeleteAsync(review.Path).ShouldBeAsync(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task An_author_finds_their_own_reviews_hidden_ones_too()
    {
        var shown = await reviews.PublishAsync();
        await reviews.Operator().PostAsync($"{shown.Path}/hide", null).OkAsync();
        var author = reviews.Customer(shown.Order.CustomerId);

        var mine = (await author.GetAsync("/api/reviews/mine").OkAsync()).Items();

        mine.Single().GetProperty("reviewId").GetGuid().ShouldBe(shown.Id);
        mine.Single().Text("status").ShouldBe("Hidden");
        mine.Single().GetProperty("orderId").GetGuid().ShouldBe(shown.Order.OrderId);
    }
}
