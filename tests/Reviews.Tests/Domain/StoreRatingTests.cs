using Reviews.Domain;
using static Reviews.Tests.Domain.Given;

namespace Reviews.Tests.Domain;

/// <summary>Rule 4: counts and averages of published reviews only, rebuildable to the same figures.</summary>
public sealed class StoreRatingTests
{
    [Fact]
    public void A_store_without_reviews_has_no_stars_and_no_count()
    {
        var rating = StoreRating.Open(AnId());

        rating.Count.ShouldBe(0);
        rating.Food.Average.ShouldBe(0);
        rating.Delivery.Average.ShouldBe(0);
    }

    [Fact]
    public void Food_and_delivery_are_averaged_apart()
    {
        var rating = StoreRating.Open(AnId());

        rating.Recount(null, Scores(food: 5, delivery: 1)).ShouldBeTrue();
        rating.Recount(null, Scores(food: 4, delivery: 2)).ShouldBeTrue();

        rating.Count.ShouldBe(2);
        rating.Food.Average.ShouldBe(4.5);
        rating.Delivery.Average.ShouldBe(1.5);
        rating.Revision.ShouldBe(2);
    }

    [Fact]
    public void An_edited_review_counts_as_it_is_now()
    {
        var rating = StoreRating.Open(AnId());
        rating.Recount(null, Scores(food: 5));

        rating.Recount(Scores(food: 5), Scores(food: 1)).ShouldBeTrue();

        rating.Count.ShouldBe(1);
        rating.Food.Average.ShouldBe(1);
    }

    [Fact]
    public void A_change_of_words_alone_changes_no_rating()
    {
        var rating = StoreRating.Open(AnId());
        rating.Recount(null, Scores());

        rating.Recount(Scores(), Scores()).ShouldBeFalse();

        rating.Revision.ShouldBe(1);
    }

    [Fact]
    public void A_review_out_of_sight_counts_no_more()
    {
        var rating = StoreRating.Open(AnId());
        rating.Recount(null, Scores());

        rating.Recount(Scores(), null).ShouldBeTrue();

        rating.Count.ShouldBe(0);
        rating.Food.Average.ShouldBe(0);
    }

    [Fact]
    public void What_never_counted_cannot_be_taken_away() =>
        Should.Throw<InvalidOperationException>(() => StoreRating.Open(AnId()).Recount(Scores(), null));

    [Fact]
    public void Rebuilding_right_figures_changes_nothing()
    {
        var rating = StoreRating.Open(AnId());
        rating.Recount(null, Scores(food: 5, delivery: 3));
        rating.Recount(null, Scores(food: 5, delivery: 3));

        rating.Rebuild([(Scores(food: 5, delivery: 3), 2)]).ShouldBeFalse();

        rating.Revision.ShouldBe(2);
    }

    [Fact]
    public void Rebuilding_wrong_figures_rights_them_and_raises_the_revision()
    {
        var rating = StoreRating.Open(AnId());
        rating.Recount(null, Scores(food: 1));

        rating.Rebuild([(Scores(food: 4), 2), (Scores(food: 5), 1)]).ShouldBeTrue();

        rating.Count.ShouldBe(3);
        rating.Food.Sum.ShouldBe(13);
        rating.Revision.ShouldBe(2);
    }
}
