using System.Net;
using System.Net.Http.Json;
using Reviews.Contracts;

namespace Reviews.Tests.Features;

public sealed class ModeratingTests(RunningReviews reviews)
{
    [Fact]
    public async Task A_hidden_review_is_shown_to_those_it_concerns_only()
    {
        var review = await reviews.PublishAsync();
        var moderator = reviews.Operator();

        await moderator.PostAsync($"{review.Path}/hide", null).OkAsync();

        await reviews.Customer(review.Order.CustomerId).GetAsync(review.Path).OkAsync();
        await reviews.Store(review.Order.StoreId).GetAsync(review.Path).OkAsync();
        await moderator.GetAsync(review.Path).OkAsync();
        foreach (
            var other in new[]
            {
                reviews.Host.Anonymous(),
                reviews.Customer(RunningReviews.NewId()),
                reviews.Store(RunningReviews.NewId()),
                reviews.Rider(review.Order.RiderId),
            }
        )
        {
            await other.GetAsync(review.Path).ShouldBeAsync(HttpStatusCode.NotFound, "review_not_found");
        }
    }

    [Fact]
    public async Task A_hidden_review_is_neither_listed_nor_counted()
    {
        var review = await reviews.PublishAsync();
        var moderator = reviews.Operator();

        await moderator.PostAsync($"{review.Path}/hide", null).OkAsync();

        var list = await moderator.GetAsync($"/api/reviews?storeId={review.Order.StoreId}").OkAsync();
        list.Items().ShouldBeEmpty();
        var said = await reviews.SaidOfAsync(review);
        said.OfType<ReviewHidden>().Single().Reason.ShouldBe("operator");
        said.OfType<StoreRatingChanged>().Last().Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_restored_review_is_back_where_it_was()
    {
        var review = await reviews.PublishAsync(food: 3);
        var moderator = reviews.Operator();
        await moderator.PostAsync($"{review.Path}/hide", null).OkAsync();

        await moderator.PostAsync($"{review.Path}/restore", null).OkAsync();

        var list = await reviews
            .Host.Anonymous()
            .GetAsync($"/api/reviews?storeId={review.Order.StoreId}")
            .OkAsync();
        list.Items().Count.ShouldBe(1);
        var said = await reviews.SaidOfAsync(review);
        said.OfType<ReviewPublished>().Count().ShouldBe(2);
        var changed = said.OfType<StoreRatingChanged>().Last();
        (changed.Average, changed.Count, changed.Revision).ShouldBe((3, 1, 3));
    }

    [Fact]
    public async Task Hiding_twice_and_restoring_twice_are_conflicts()
    {
        var review = await reviews.PublishAsync();
        var moderator = reviews.Operator();

        await moderator.PostAsync($"{review.Path}/hide", null).OkAsync();
        await moderator
            .PostAsync($"{review.Path}/hide", null)
            .ShouldBeAsync(HttpStatusCode.Conflict, "already_hidden");
        await moderator.PostAsync($"{review.Path}/restore", null).OkAsync();
        await moderator
            .PostAsync($"{review.Path}/restore", null)
            .ShouldBeAsync(HttpStatusCode.Conflict, "not_hidden");
    }

    [Fact]
    [Trait("Fault", "A8")]
    public async Task A_review_that_is_edited_hidden_and_restored_at_once_is_each_or_refused_and_never_a_failure()
    {
        var moderator = reviews.Operator();
        for (var round = 0; round < 12; round++)
        {
            var review = await reviews.PublishAsync(food: 5);
            var author = reviews.Customer(review.Order.CustomerId);

            var answers = await Task.WhenAll(
                Enumerable
                    .Range(0, 24)
                    .Select(turn =>
                        turn % 3 == 0
                            ? author.PutAsJsonAsync(
                                review.Path,
                                new
                                {
                                    foodRating = 1 + (turn / 3 % 5),
                                    deliveryRating = 2,
                                    text = "",
                                }
                            )
                            : moderator.PostAsync(
                                $"{review.Path}/{(turn % 3 == 1 ? "hide" : "restore")}",
                                null
                            )
                    )
            );

            answers
                .Select(answer => answer.StatusCode)
                .ShouldAllBe(status => status == HttpStatusCode.OK || status == HttpStatusCode.Conflict);
            var rebuilt = await moderator
                .PostAsync($"/api/reviews/ratings/{review.Order.StoreId}/rebuild", null)
                .OkAsync();
            rebuilt.GetProperty("corrected").GetBoolean().ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Nobody_but_operators_hides_or_restores()
    {
        var review = await reviews.PublishAsync();
        foreach (
            var other in new[]
            {
                reviews.Customer(review.Order.CustomerId),
                reviews.Store(review.Order.StoreId),
                reviews.Rider(review.Order.RiderId),
            }
        )
        {
            await other.PostAsync($"{review.Path}/hide", null).ShouldBeAsync(HttpStatusCode.Forbidden);
            await other.PostAsync($"{review.Path}/restore", null).ShouldBeAsync(HttpStatusCode.Forbidden);
        }

        await reviews
            .Host.Anonymous()
            .PostAsync($"{review.Path}/hide", null)
            .ShouldBeAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_review_that_does_not_exist_is_not_found() =>
        await reviews
            .Operator()
            .PostAsync($"/api/reviews/{RunningReviews.NewId()}/hide", null)
            .ShouldBeAsync(HttpStatusCode.NotFound, "review_not_found");

    [Fact]
    public async Task Ruling_for_the_store_keeps_a_disputed_review_hidden()
    {
        var review = await reviews.PublishAsync();
        await reviews
            .Store(review.Order.StoreId)
            .PostAsJsonAsync($"{review.Path}/dispute", new { reason = "Untrue." })
            .OkAsync();

        var ruled = await reviews.Operator().PostAsync($"{review.Path}/hide", null).OkAsync();

        ruled.GetProperty("dispute").Text("outcome").ShouldBe("upheld");
        ruled.Text("status").ShouldBe("Hidden");
        (await reviews.SaidOfAsync(review)).OfType<ReviewHidden>().Count().ShouldBe(1);
    }

    [Fact]
    public async Task Ruling_for_the_author_brings_a_disputed_review_back()
    {
        var review = await reviews.PublishAsync();
        await reviews
            .Store(review.Order.StoreId)
            .PostAsJsonAsync($"{review.Path}/dispute", new { reason = "Untrue." })
            .OkAsync();

        var ruled = await reviews.Operator().PostAsync($"{review.Path}/restore", null).OkAsync();

        ruled.GetProperty("dispute").Text("outcome").ShouldBe("dismissed");
        await reviews.Host.Anonymous().GetAsync(review.Path).OkAsync();
    }

    [Fact]
    public async Task Anyone_signed_in_reports_a_review_once()
    {
        var review = await reviews.PublishAsync();
        foreach (
            var reporter in new[]
            {
                reviews.Customer(RunningReviews.NewId()),
                reviews.Store(review.Order.StoreId),
                reviews.Rider(review.Order.RiderId),
            }
        )
        {
            await Report(reporter, review, "spam").ShouldBeAsync(HttpStatusCode.NoContent);
            await Report(reporter, review, "untrue")
                .ShouldBeAsync(HttpStatusCode.Conflict, "already_reported");
        }

        await Report(reviews.Host.Anonymous(), review, "spam").ShouldBeAsync(HttpStatusCode.Unauthorized);
        var seen = await reviews.Operator().GetAsync(review.Path).OkAsync();
        seen.GetProperty("reports").GetArrayLength().ShouldBe(3);
    }

    [Theory]
    [InlineData("because")]
    [InlineData("")]
    [InlineData("SPAM")]
    public async Task A_report_without_a_known_reason_is_refused(string reason)
    {
        var review = await reviews.PublishAsync();

        await Report(reviews.Customer(RunningReviews.NewId()), review, reason).ShouldNameFieldAsync("reason");
    }

    [Fact]
    public async Task What_one_cannot_see_one_cannot_report()
    {
        var review = await reviews.PublishAsync();
        await reviews.Operator().PostAsync($"{review.Path}/hide", null).OkAsync();

        await Report(reviews.Customer(RunningReviews.NewId()), review, "spam")
            .ShouldBeAsync(HttpStatusCode.NotFound, "review_not_found");
    }

    [Fact]
    public async Task Operators_find_what_waits_for_them_until_they_have_decided()
    {
        var reported = await reviews.PublishAsync();
        var moderator = reviews.Operator();
        await Report(reviews.Customer(RunningReviews.NewId()), reported, "offensive")
            .ShouldBeAsync(HttpStatusCode.NoContent);

        (await Waiting()).ShouldContain(reported.Id);
        await moderator.PostAsync($"{reported.Path}/restore", null).OkAsync();
        (await Waiting()).ShouldNotContain(reported.Id);
        (await reviews.SaidOfAsync(reported)).OfType<ReviewPublished>().Count().ShouldBe(1);

        async Task<IEnumerable<Guid>> Waiting() =>
            (await moderator.GetAsync("/api/reviews/moderation?limit=100").OkAsync())
                .Items()
                .Select(review => review.GetProperty("reviewId").GetGuid());
    }

    [Fact]
    public async Task Nobody_else_sees_what_waits_for_operators() =>
        await reviews
            .Customer(RunningReviews.NewId())
            .GetAsync("/api/reviews/moderation")
            .ShouldBeAsync(HttpStatusCode.Forbidden);

    private static Task<HttpResponseMessage> Report(
        HttpClient reporter,
        WrittenReview review,
        string reason
    ) => reporter.PostAsJsonAsync($"{review.Path}/report", new { reason });
}
