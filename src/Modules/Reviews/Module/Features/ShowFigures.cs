using Microsoft.EntityFrameworkCore;
using Platform.Commands;
using Platform.Domain;
using Platform.Modules;
using Reviews.Data;
using Reviews.Domain;

namespace Reviews.Features;

/// <summary>What customers think of the platform as a whole, for operators.</summary>
internal sealed record ShowFigures : IQuery<FiguresView>;

/// <summary>What customers think.</summary>
/// <param name="Published">Reviews that can be read.</param>
/// <param name="Food">How each food score was given, over all stores.</param>
/// <param name="Delivery">How each delivery score was given, over all stores.</param>
/// <param name="Reported">Reviews that somebody asked an operator to look at, and nobody has yet.</param>
internal sealed record FiguresView(int Published, ScoreTally Food, ScoreTally Delivery, int Reported);

internal sealed class ShowFiguresHandler(ReviewsDbContext reviews) : IQueryHandler<ShowFigures, FiguresView>
{
    /// <summary>Ratings are kept per store, so this is a sum over stores and reads no review.</summary>
    public async Task<Result<FiguresView>> Handle(ShowFigures query, CancellationToken cancellationToken)
    {
        var sums = await reviews
            .StoreRatings.GroupBy(_ => 1)
            .Select(all => new
            {
                FoodOnes = all.Sum(rating => rating.Food.Ones),
                FoodTwos = all.Sum(rating => rating.Food.Twos),
                FoodThrees = all.Sum(rating => rating.Food.Threes),
                FoodFours = all.Sum(rating => rating.Food.Fours),
                FoodFives = all.Sum(rating => rating.Food.Fives),
                DeliveryOnes = all.Sum(rating => rating.Delivery.Ones),
                DeliveryTwos = all.Sum(rating => rating.Delivery.Twos),
                DeliveryThrees = all.Sum(rating => rating.Delivery.Threes),
                DeliveryFours = all.Sum(rating => rating.Delivery.Fours),
                DeliveryFives = all.Sum(rating => rating.Delivery.Fives),
            })
            .SingleOrDefaultAsync(cancellationToken);
        var reported = await reviews.Reviews.CountAsync(review => review.OpenReports > 0, cancellationToken);
        if (sums is null)
            return new FiguresView(0, ScoreTally.Empty, ScoreTally.Empty, reported);
        var food = new ScoreTally(
            sums.FoodOnes,
            sums.FoodTwos,
            sums.FoodThrees,
            sums.FoodFours,
            sums.FoodFives
        );
        var delivery = new ScoreTally(
            sums.DeliveryOnes,
            sums.DeliveryTwos,
            sums.DeliveryThrees,
            sums.DeliveryFours,
            sums.DeliveryFives
        );
        return new FiguresView(food.Count, food, delivery, reported);
    }
}

/// <summary>The same, over time.</summary>
internal sealed class ReviewsFigures(Sender sender, ReviewsOptions options) : IBusinessFigures
{
    public async Task<IReadOnlyList<BusinessFigure>> ReadAsync(CancellationToken cancellationToken)
    {
        var read = await sender.SendAsync(new ShowFigures(), cancellationToken);
        if (!read.IsDone)
            return [];
        var figures = read.Value;
        var low = new Bounds("has a low rating", Least: options.LeastRating);
        return
        [
            new("monolith.reviews.published", "{review}", "Reviews that can be read.", figures.Published),
            new(
                "monolith.reviews.food_rating",
                "",
                "Mean food score of all published reviews, 1 to 5.",
                MeanOf(figures.Food),
                Bounds: low
            ),
            new(
                "monolith.reviews.delivery_rating",
                "",
                "Mean delivery score of all published reviews, 1 to 5.",
                MeanOf(figures.Delivery),
                Bounds: low
            ),
            new(
                "monolith.reviews.reported",
                "{review}",
                "Reported reviews that no operator has looked at yet.",
                figures.Reported,
                Bounds: new("has reports that nobody looks at", Most: options.MostReported)
            ),
        ];
    }

    private static double? MeanOf(ScoreTally scores) => scores.Count == 0 ? null : scores.Average;
}
