using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Reviews.Tests.Features;

public sealed class ReadingTests(RunningReviews reviews)
{
    [Fact]
    public async Task Telephone_numbers_and_addresses_are_masked_for_everyone()
    {
        var review = await reviews.PublishAsync(text: "맛있어요! 010-1234-5678, me@example.com, 12,000원");

        foreach (
            var reader in new[]
            {
                reviews.Host.Anonymous(),
                reviews.Customer(review.Order.CustomerId),
                reviews.Operator(),
            }
        )
        {
            var seen = await reader.GetAsync(review.Path).OkAsync();
            seen.Text("text").ShouldBe("맛있어요! ***, ***, 12,000원");
        }
    }

    [Fact]
    public async Task The_order_is_named_to_those_it_concerns_only()
    {
        var review = await reviews.PublishAsync();

        foreach (
            var party in new[]
            {
                reviews.Customer(review.Order.CustomerId),
                reviews.Store(review.Order.StoreId),
                reviews.Operator(),
            }
        )
        {
            var seen = await party.GetAsync(review.Path).OkAsync();
            seen.GetProperty("orderId").GetGuid().ShouldBe(review.Order.OrderId);
        }

        foreach (var other in new[] { reviews.Host.Anonymous(), reviews.Customer(RunningReviews.NewId()) })
        {
            (await other.GetAsync(review.Path).OkAsync()).IsNull("orderId").ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData("newest", new[] { 4, 1, 5, 3 })]
    [InlineData("highest", new[] { 5, 4, 3, 1 })]
    [InlineData("lowest", new[] { 1, 3, 4, 5 })]
    public async Task A_stores_reviews_are_paged_in_the_order_asked_for(string sort, int[] expected)
    {
        var storeId = RunningReviews.NewId();
        foreach (var food in new[] { 3, 5, 1, 4 })
        {
            await reviews.PublishAsync(food, storeId: storeId);
        }

        var foods = new List<int>();
        string? cursor = null;
        do
        {
            var page = await reviews
                .Host.Anonymous()
                .GetAsync($"/api/reviews?storeId={storeId}&sort={sort}&limit=3&cursor={cursor}")
                .OkAsync();
            foods.AddRange(page.Items().Select(review => review.Number("foodRating")));
            cursor = page.Text("next");
        } while (cursor is not null);

        foods.ShouldBe(expected);
    }

    [Fact]
    public async Task A_store_without_reviews_has_an_empty_list_and_zeros()
    {
        var storeId = RunningReviews.NewId();
        var anyone = reviews.Host.Anonymous();

        (await anyone.GetAsync($"/api/reviews?storeId={storeId}").OkAsync()).Items().ShouldBeEmpty();
        var rating = await anyone.GetAsync($"/api/reviews/ratings/{storeId}").OkAsync();
        rating.Number("count").ShouldBe(0);
        rating.Fraction("average").ShouldBe(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?storeId=nonsense")]
    [InlineData("?storeId=0199c000-0000-7000-8000-000000000001&sort=best")]
    [InlineData("?storeId=0199c000-0000-7000-8000-000000000001&limit=0")]
    [InlineData("?storeId=0199c000-0000-7000-8000-000000000001&limit=101")]
    [InlineData("?storeId=0199c000-0000-7000-8000-000000000001&limit=99999999999")]
    [InlineData("?storeId=0199c000-0000-7000-8000-000000000001&cursor=nonsense")]
    [InlineData(
        "?storeId=0199c000-0000-7000-8000-000000000001&cursor=LTEuMDE5OWMwMDAwMDAwNzAwMDgwMDAwMDAwMDAwMDAwMDE"
    )]
    public async Task A_list_asked_for_wrongly_is_a_bad_request(string query) =>
        await reviews
            .Host.Anonymous()
            .GetAsync($"/api/reviews{query}")
            .ShouldBeAsync(HttpStatusCode.BadRequest);

    [Fact]
    public async Task A_review_that_does_not_exist_is_not_found() =>
        await reviews
            .Host.Anonymous()
            .GetAsync($"/api/reviews/{RunningReviews.NewId()}")
            .ShouldBeAsync(HttpStatusCode.NotFound, "review_not_found");

    [Fact]
    public async Task A_customer_finds_the_orders_that_can_still_be_reviewed()
    {
        var order = await reviews.DeliverAsync();
        await reviews.DeliverAsync(customerId: order.CustomerId, ago: TimeSpan.FromDays(26));
        await reviews.DeliverAsync();
        var customer = reviews.Customer(order.CustomerId);

        var eligible = (await customer.GetAsync("/api/reviews/eligible").OkAsync()).Items();

        eligible.Single().GetProperty("orderId").GetGuid().ShouldBe(order.OrderId);
        eligible
            .Single()
            .GetProperty("reviewableUntil")
            .GetDateTimeOffset()
            .ShouldBe(order.DeliveredAt.AddDays(25), TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task A_reviewed_order_is_no_longer_offered()
    {
        var review = await reviews.PublishAsync();

        var eligible = await reviews
            .Customer(review.Order.CustomerId)
            .GetAsync("/api/reviews/eligible")
            .OkAsync();

        eligible.Items().ShouldBeEmpty();
    }

    [Fact]
    public async Task Eligible_orders_are_paged_newest_first()
    {
        var customerId = RunningReviews.NewId();
        var orders = new List<Guid>();
        for (var day = 3; day > 0; day--)
        {
            orders.Insert(
                0,
                (await reviews.DeliverAsync(customerId: customerId, ago: TimeSpan.FromDays(day))).OrderId
            );
        }

        var customer = reviews.Customer(customerId);
        var first = await customer.GetAsync("/api/reviews/eligible?limit=2").OkAsync();
        var second = await customer
            .GetAsync($"/api/reviews/eligible?limit=2&cursor={first.Text("next")}")
            .OkAsync();

        first
            .Items()
            .Concat(second.Items())
            .Select(order => order.GetProperty("orderId").GetGuid())
            .ShouldBe(orders);
        second.IsNull("next").ShouldBeTrue();
    }

    [Theory]
    [InlineData("eligible")]
    [InlineData("mine")]
    public async Task What_is_a_customers_own_is_for_customers(string list)
    {
        await reviews.Operator().GetAsync($"/api/reviews/{list}").ShouldBeAsync(HttpStatusCode.Forbidden);
        await reviews
            .Host.Anonymous()
            .GetAsync($"/api/reviews/{list}")
            .ShouldBeAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Nothing_that_is_said_carries_what_people_wrote()
    {
        var review = await reviews.PublishAsync(text: "Call 010-1234-5678");
        await reviews
            .Store(review.Order.StoreId)
            .PostAsJsonAsync($"{review.Path}/reply", new { text = "Call 02-123-4567" })
            .OkAsync();

        var said = await reviews.SaidOfAsync(review);

        said.Select(happened => JsonSerializer.Serialize(happened))
            .ShouldAllBe(json => !json.Contains("Call"));
    }
}
