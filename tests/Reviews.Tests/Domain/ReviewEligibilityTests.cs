using Platform.Domain;
using Reviews.Domain;
using static Reviews.Tests.Domain.Given;

namespace Reviews.Tests.Domain;

/// <summary>Rule 1: only the customer of a delivered order, once, within 25 days.</summary>
public sealed class ReviewEligibilityTests
{
    [Fact]
    public void The_customer_of_a_delivered_order_publishes_a_review_of_it()
    {
        var order = DeliveredOrder();

        var review = order
            .WriteReview(order.CustomerId, Scores(food: 5, delivery: 2), "Good.", EditWindow, Now)
            .Value;

        review.ShouldSatisfyAllConditions(
            () => review.Status.ShouldBe(ReviewStatus.Published),
            () => review.OrderId.ShouldBe(order.OrderId),
            () => review.StoreId.ShouldBe(order.StoreId),
            () => review.RiderId.ShouldBe(order.RiderId),
            () => review.AuthorId.ShouldBe(order.CustomerId),
            () => review.FoodRating.ShouldBe(5),
            () => review.DeliveryRating.ShouldBe(2),
            () => order.ReviewId.ShouldBe(review.ReviewId)
        );
    }

    [Fact]
    public void Anybody_else_is_told_that_there_is_no_such_order()
    {
        var order = DeliveredOrder();

        var refused = order.WriteReview(AnId(), Scores(), "", EditWindow, Now);

        refused.Error.ShouldBe(ReviewErrors.OrderNotFound);
        refused.Error!.Kind.ShouldBe(ErrorKind.NotFound);
        order.ReviewId.ShouldBeNull();
    }

    [Fact]
    public void An_order_is_not_reviewed_twice()
    {
        var order = DeliveredOrder();
        order.WriteReview(order.CustomerId, Scores(), "", EditWindow, Now).IsDone.ShouldBeTrue();

        order
            .WriteReview(order.CustomerId, Scores(), "", EditWindow, Now)
            .Error.ShouldBe(ReviewErrors.AlreadyReviewed);
    }

    [Fact]
    public void An_order_whose_review_was_removed_is_not_reviewed_again()
    {
        var order = DeliveredOrder();
        var review = order.WriteReview(order.CustomerId, Scores(), "", EditWindow, Now).Value;
        review.Remove(Now).IsDone.ShouldBeTrue();

        order
            .WriteReview(order.CustomerId, Scores(), "", EditWindow, Now)
            .Error.ShouldBe(ReviewErrors.AlreadyReviewed);
    }

    [Fact]
    public void The_last_instant_of_the_window_is_in_time()
    {
        var order = DeliveredOrder();

        order
            .WriteReview(order.CustomerId, Scores(), "", EditWindow, Now + ReviewWindow)
            .IsDone.ShouldBeTrue();
    }

    [Fact]
    public void After_the_window_it_is_too_late()
    {
        var order = DeliveredOrder();

        order
            .WriteReview(
                order.CustomerId,
                Scores(),
                "",
                EditWindow,
                Now + ReviewWindow + TimeSpan.FromTicks(1)
            )
            .Error.ShouldBe(ReviewErrors.ReviewWindowClosed);
        order.ReviewId.ShouldBeNull();
    }

    [Fact]
    public void A_text_of_a_thousand_characters_is_taken() =>
        Write(new string('맛', Review.LongestText)).IsDone.ShouldBeTrue();

    [Fact]
    public void A_longer_text_is_refused() =>
        Write(new string('맛', Review.LongestText + 1)).Error.ShouldBe(ReviewErrors.TextTooLong);

    [Theory]
    [InlineData(1, 5)]
    [InlineData(5, 1)]
    public void Scores_from_1_to_5_are_taken(int food, int delivery) =>
        global::Reviews.Domain.Scores.Of(food, delivery).IsDone.ShouldBeTrue();

    [Theory]
    [InlineData(0, 3)]
    [InlineData(6, 3)]
    [InlineData(3, 0)]
    [InlineData(3, 6)]
    [InlineData(int.MinValue, int.MaxValue)]
    public void Other_scores_are_refused(int food, int delivery) =>
        global::Reviews.Domain.Scores.Of(food, delivery).Error!.Code.ShouldBe("score_out_of_range");

    private static Result<Review> Write(string text)
    {
        var order = DeliveredOrder();
        return order.WriteReview(order.CustomerId, Scores(), text, EditWindow, Now);
    }
}
