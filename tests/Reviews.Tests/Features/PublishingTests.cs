using System.Net;
using System.Net.Http.Json;
using System.Text;
using Reviews.Contracts;

namespace Reviews.Tests.Features;

public sealed class PublishingTests(RunningReviews reviews)
{
    [Fact]
    public async Task A_delivered_order_is_reviewed_and_counts_at_once()
    {
        var order = await reviews.DeliverAsync();
        var customer = reviews.Customer(order.CustomerId);

        var created = await customer.PostAsJsonAsync("/api/reviews", Review(order.OrderId, 5, 3, "맛있어요"));

        created.StatusCode.ShouldBe(HttpStatusCode.Created);
        var review = await customer.GetAsync(created.Headers.Location).OkAsync();
        review.GetProperty("orderId").GetGuid().ShouldBe(order.OrderId);
        review.Text("text").ShouldBe("맛있어요");
        review.Text("status").ShouldBe("Published");
        var rating = await reviews
            .Host.Anonymous()
            .GetAsync($"/api/reviews/ratings/{order.StoreId}")
            .OkAsync();
        rating.Number("count").ShouldBe(1);
        rating.Fraction("average").ShouldBe(5);
        rating.Fraction("deliveryAverage").ShouldBe(3);
    }

    [Fact]
    public async Task Publishing_is_said_together_with_the_new_rating()
    {
        var review = await reviews.PublishAsync(food: 4, delivery: 2);

        var said = await reviews.SaidOfAsync(review);

        said.Count.ShouldBe(2);
        var published = said.OfType<ReviewPublished>().Single();
        published.OrderId.ShouldBe(review.Order.OrderId);
        published.RiderId.ShouldBe(review.Order.RiderId);
        (published.FoodRating, published.DeliveryRating).ShouldBe((4, 2));
        var changed = said.OfType<StoreRatingChanged>().Single();
        (changed.Average, changed.Count, changed.Revision).ShouldBe((4, 1, 1));
    }

    [Fact]
    public async Task A_review_may_go_without_words()
    {
        var order = await reviews.DeliverAsync();

        await reviews
            .Customer(order.CustomerId)
            .PostAsJsonAsync(
                "/api/reviews",
                new
                {
                    order.OrderId,
                    foodRating = 3,
                    deliveryRating = 3,
                }
            )
            .ShouldBeAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task An_order_that_was_not_delivered_is_not_reviewed() =>
        await reviews
            .Customer(RunningReviews.NewId())
            .PostAsJsonAsync("/api/reviews", Review(RunningReviews.NewId()))
            .ShouldBeAsync(HttpStatusCode.NotFound, "order_not_found");

    [Fact]
    public async Task Somebody_elses_order_is_not_reviewed()
    {
        var order = await reviews.DeliverAsync();

        await reviews
            .Customer(RunningReviews.NewId())
            .PostAsJsonAsync("/api/reviews", Review(order.OrderId))
            .ShouldBeAsync(HttpStatusCode.NotFound, "order_not_found");
    }

    [Fact]
    public async Task An_order_is_reviewed_once()
    {
        var review = await reviews.PublishAsync();

        await reviews
            .Customer(review.Order.CustomerId)
            .PostAsJsonAsync("/api/reviews", Review(review.Order.OrderId))
            .ShouldBeAsync(HttpStatusCode.Conflict, "already_reviewed");
    }

    [Fact]
    public async Task Of_two_reviews_of_one_order_at_once_one_is_published()
    {
        var order = await reviews.DeliverAsync();
        var customer = reviews.Customer(order.CustomerId);

        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ => customer.PostAsJsonAsync("/api/reviews", Review(order.OrderId)))
        );

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict).ShouldBe(3);
    }

    [Fact]
    public async Task Many_reviews_of_one_store_at_once_all_count()
    {
        var storeId = RunningReviews.NewId();
        var orders = new List<DeliveredOrder>();
        for (var i = 0; i < 5; i++)
        {
            orders.Add(await reviews.DeliverAsync(storeId));
        }

        var answers = await Task.WhenAll(
            orders.Select(order =>
                reviews.Customer(order.CustomerId).PostAsJsonAsync("/api/reviews", Review(order.OrderId))
            )
        );

        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.Created);
        var rating = await reviews.Host.Anonymous().GetAsync($"/api/reviews/ratings/{storeId}").OkAsync();
        rating.Number("count").ShouldBe(orders.Count);
    }

    [Fact]
    public async Task Twenty_five_days_after_delivery_it_is_just_in_time()
    {
        var order = await reviews.DeliverAsync(ago: TimeSpan.FromDays(25) - TimeSpan.FromMinutes(10));

        await reviews
            .Customer(order.CustomerId)
            .PostAsJsonAsync("/api/reviews", Review(order.OrderId))
            .ShouldBeAsync(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Later_it_is_too_late()
    {
        var order = await reviews.DeliverAsync(ago: TimeSpan.FromDays(25) + TimeSpan.FromSeconds(1));

        await reviews
            .Customer(order.CustomerId)
            .PostAsJsonAsync("/api/reviews", Review(order.OrderId))
            .ShouldBeAsync(HttpStatusCode.UnprocessableEntity, "review_window_closed");
    }

    [Theory]
    [InlineData(0, 3, "foodRating")]
    [InlineData(6, 3, "foodRating")]
    [InlineData(3, -1, "deliveryRating")]
    [InlineData(3, int.MaxValue, "deliveryRating")]
    public async Task Scores_out_of_range_are_refused(int food, int delivery, string field)
    {
        var order = await reviews.DeliverAsync();

        await reviews
            .Customer(order.CustomerId)
            .PostAsJsonAsync("/api/reviews", Review(order.OrderId, food, delivery))
            .ShouldNameFieldAsync(field);
    }

    [Theory]
    [InlineData(1_001, 'x')]
    [InlineData(3, '\0')]
    public async Task A_text_too_long_or_unreadable_is_refused(int length, char letter)
    {
        var order = await reviews.DeliverAsync();

        await reviews
            .Customer(order.CustomerId)
            .PostAsJsonAsync("/api/reviews", Review(order.OrderId, text: new string(letter, length)))
            .ShouldNameFieldAsync("text");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"orderId":"not an id","foodRating":5,"deliveryRating":5}""")]
    [InlineData("""{"orderId":null,"foodRating":5,"deliveryRating":5}""")]
    [InlineData("""{"foodRating":"five","deliveryRating":5}""")]
    [InlineData("""{"foodRating":99999999999999999999,"deliveryRating":5}""")]
    [InlineData("""{"foodRating":5,"deliveryRating":5}""")]
    [InlineData(
        """{"orderId":"0199c000-0000-7000-8000-000000000001","foodRating":5,"deliveryRating":5,"text":"\ud800"}"""
    )]
    public async Task A_malformed_review_is_a_bad_request(string body) =>
        await reviews
            .Customer(RunningReviews.NewId())
            .PostAsync("/api/reviews", new StringContent(body, Encoding.UTF8, "application/json"))
            .ShouldBeAsync(HttpStatusCode.BadRequest);

    [Fact]
    public async Task Nobody_reviews_without_signing_in() =>
        await reviews
            .Host.Anonymous()
            .PostAsJsonAsync("/api/reviews", Review(RunningReviews.NewId()))
            .ShouldBeAsync(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task Only_customers_review()
    {
        foreach (
            var other in new[]
            {
                reviews.Store(RunningReviews.NewId()),
                reviews.Rider(RunningReviews.NewId()),
                reviews.Operator(),
            }
        )
        {
            await other
                .PostAsJsonAsync("/api/reviews", Review(RunningReviews.NewId()))
                .ShouldBeAsync(HttpStatusCode.Forbidden);
        }
    }

    private static object Review(Guid orderId, int food = 5, int delivery = 5, string text = "Good.") =>
        new
        {
            orderId,
            foodRating = food,
            deliveryRating = delivery,
            text,
        };
}
