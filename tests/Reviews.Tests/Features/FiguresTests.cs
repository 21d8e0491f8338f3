using System.Net;
using Microsoft.EntityFrameworkCore;
using Orders.Contracts;
using Reviews.Contracts;
using Reviews.Data;

namespace Reviews.Tests.Features;

public sealed class FiguresTests(RunningReviews reviews)
{
    [Fact]
    public async Task Rebuilding_gives_the_figures_that_were_kept()
    {
        var storeId = RunningReviews.NewId();
        await reviews.PublishAsync(food: 5, delivery: 1, storeId: storeId);
        await reviews.PublishAsync(food: 5, delivery: 1, storeId: storeId);
        await reviews.PublishAsync(food: 2, delivery: 3, storeId: storeId);
        var hidden = await reviews.PublishAsync(food: 1, storeId: storeId);
        await reviews.Operator().PostAsync($"{hidden.Path}/hide", null).OkAsync();
        var kept = await reviews.Host.Anonymous().GetAsync($"/api/reviews/ratings/{storeId}").OkAsync();

        var rebuilt = await reviews
            .Operator()
            .PostAsync($"/api/reviews/ratings/{storeId}/rebuild", null)
            .OkAsync();

        rebuilt.GetProperty("corrected").GetBoolean().ShouldBeFalse();
        rebuilt.GetProperty("rating").GetRawText().ShouldBe(kept.GetRawText());
        kept.Number("count").ShouldBe(3);
        kept.Fraction("average").ShouldBe(4);
    }

    [Fact]
    public async Task Rebuilding_rights_figures_that_went_wrong_and_says_so()
    {
        var review = await reviews.PublishAsync(food: 4);
        var storeId = review.Order.StoreId;
        await reviews.Host.ReadAsync<ReviewsDbContext, int>(context =>
            context
                .StoreRatings.Where(rating => rating.StoreId == storeId)
                .ExecuteUpdateAsync(set => set.SetProperty(rating => rating.Food.Ones, 7))
        );

        var rebuilt = await reviews
            .Operator()
            .PostAsync($"/api/reviews/ratings/{storeId}/rebuild", null)
            .OkAsync();

        rebuilt.GetProperty("corrected").GetBoolean().ShouldBeTrue();
        rebuilt.GetProperty("rating").Fraction("average").ShouldBe(4);
        (await reviews.SaidOfAsync(review)).OfType<StoreRatingChanged>().Last().Average.ShouldBe(4);
    }

    [Fact]
    public async Task Rebuilding_a_store_nobody_knows_gives_zeros()
    {
        var rebuilt = await reviews
            .Operator()
            .PostAsync($"/api/reviews/ratings/{RunningReviews.NewId()}/rebuild", null)
            .OkAsync();

        rebuilt.GetProperty("corrected").GetBoolean().ShouldBeFalse();
        rebuilt.GetProperty("rating").Number("count").ShouldBe(0);
    }

    [Fact]
    public async Task Only_operators_rebuild() =>
        await reviews
            .Store(RunningReviews.NewId())
            .PostAsync($"/api/reviews/ratings/{RunningReviews.NewId()}/rebuild", null)
            .ShouldBeAsync(HttpStatusCode.Forbidden);

    [Fact]
    public async Task A_riders_standing_adds_up_scores_and_own_faults()
    {
        var riderId = RunningReviews.NewId();
        await reviews.PublishAsync(delivery: 5, riderId: riderId);
        await reviews.PublishAsync(delivery: 2, riderId: riderId);
        await reviews.HearAsync(Undelivered(riderId, "rider"));
        await reviews.HearAsync(Undelivered(riderId, "store"));
        await reviews.HearAsync(Undelivered(riderId, "platform"));
        await reviews.HearAsync(Undelivered(riderId, "customer"));

        var standing = await reviews.Rider(riderId).GetAsync($"/api/reviews/riders/{riderId}").OkAsync();

        standing.Fraction("average").ShouldBe(3.5);
        standing.Number("delivered").ShouldBe(2);
        standing.Number("failedByOwnFault").ShouldBe(1);
        standing.Fraction("reliability").ShouldBe(2d / 3);
    }

    [Fact]
    public async Task A_hidden_review_does_not_weigh_on_the_rider()
    {
        var review = await reviews.PublishAsync(delivery: 1);
        var moderator = reviews.Operator();
        await moderator.PostAsync($"{review.Path}/hide", null).OkAsync();

        var standing = await moderator.GetAsync($"/api/reviews/riders/{review.Order.RiderId}").OkAsync();

        standing.Number("count").ShouldBe(0);
    }

    [Fact]
    public async Task A_repeated_event_counts_once()
    {
        var order = await reviews.DeliverAsync();
        await reviews.HearAsync(order.ToEvent());
        var failed = Undelivered(order.RiderId, "rider");
        await reviews.HearAsync(failed);
        await reviews.HearAsync(failed);

        var standing = await reviews.Operator().GetAsync($"/api/reviews/riders/{order.RiderId}").OkAsync();

        standing.Number("delivered").ShouldBe(1);
        standing.Number("failedByOwnFault").ShouldBe(1);
        var eligible = await reviews.Customer(order.CustomerId).GetAsync("/api/reviews/eligible").OkAsync();
        eligible.Items().Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_order_that_no_rider_had_blames_no_rider()
    {
        var failed = Undelivered(null, "platform");

        await reviews.HearAsync(failed);

        var noted = await reviews.Host.ReadAsync<ReviewsDbContext, bool>(context =>
            context.UndeliveredOrders.AnyAsync(order => order.OrderId == failed.OrderId)
        );
        noted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_rider_sees_no_other_riders_standing() =>
        await reviews
            .Rider(RunningReviews.NewId())
            .GetAsync($"/api/reviews/riders/{RunningReviews.NewId()}")
            .ShouldBeAsync(HttpStatusCode.NotFound, "rider_not_found");

    [Fact]
    public async Task A_customer_sees_no_riders_standing() =>
        await reviews
            .Customer(RunningReviews.NewId())
            .GetAsync($"/api/reviews/riders/{RunningReviews.NewId()}")
            .ShouldBeAsync(HttpStatusCode.Forbidden);

    private static OrderUndeliverable Undelivered(Guid? riderId, string fault) =>
        new(
            RunningReviews.NewId(),
            RunningReviews.NewId(),
            RunningReviews.NewId(),
            riderId,
            "never_arrived",
            fault,
            DateTimeOffset.UnixEpoch
        );
}
