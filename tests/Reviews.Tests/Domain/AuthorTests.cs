using Reviews.Domain;
using static Reviews.Tests.Domain.Given;

namespace Reviews.Tests.Domain;

/// <summary>Rule 2: editable for 24 hours, deletable always, by its author.</summary>
public sealed class AuthorTests
{
    [Fact]
    public void Within_the_edit_window_scores_and_text_change()
    {
        var review = PublishedReview(food: 5, delivery: 5);

        review
            .Edit(Scores(food: 2, delivery: 3), "On second thoughts.", Now + EditWindow)
            .IsDone.ShouldBeTrue();

        review.CountedScores.ShouldBe(Scores(food: 2, delivery: 3));
        review.Text.ShouldBe("On second thoughts.");
        review.EditedAt.ShouldBe(Now + EditWindow);
    }

    [Fact]
    public void After_the_edit_window_nothing_changes()
    {
        var review = PublishedReview(text: "As it was.");

        review
            .Edit(Scores(food: 1), "Too late.", Now + EditWindow + TimeSpan.FromTicks(1))
            .Error.ShouldBe(ReviewErrors.EditWindowClosed);

        review.Text.ShouldBe("As it was.");
        review.EditedAt.ShouldBeNull();
    }

    [Fact]
    public void A_hidden_review_is_not_edited() =>
        HiddenReview().Edit(Scores(), "", Now).Error.ShouldBe(ReviewErrors.ReviewHidden);

    [Fact]
    public void A_disputed_review_is_not_edited() =>
        DisputedReview().Edit(Scores(), "", Now).Error.ShouldBe(ReviewErrors.ReviewHidden);

    [Fact]
    public void An_edit_does_not_lengthen_the_text_limit() =>
        PublishedReview()
            .Edit(Scores(), new string('x', Review.LongestText + 1), Now)
            .Error.ShouldBe(ReviewErrors.TextTooLong);

    [Fact]
    public void A_published_review_is_removed_at_any_time_and_its_words_go()
    {
        var review = PublishedReview();
        review.ReplyWith("Thank you.", Now);

        review.Remove(Now.AddYears(1)).IsDone.ShouldBeTrue();

        review.Status.ShouldBe(ReviewStatus.Removed);
        review.Text.ShouldBeEmpty();
        review.Reply.ShouldBeNull();
        review.CountedScores.ShouldBeNull();
    }

    [Fact]
    public void A_hidden_review_is_removed() => HiddenReview().Remove(Now).IsDone.ShouldBeTrue();

    [Fact]
    public void Removing_a_disputed_review_leaves_nothing_to_rule_on()
    {
        var review = DisputedReview();

        review.Remove(Now).IsDone.ShouldBeTrue();

        review.Dispute!.Outcome.ShouldBe(DisputeOutcome.Moot);
        review.DisputeDeadline.ShouldBeNull();
    }

    [Fact]
    public void A_removed_review_is_gone_for_everyone()
    {
        var review = RemovedReview();

        review.ShouldSatisfyAllConditions(
            () => review.Edit(Scores(), "", Now).Error.ShouldBe(ReviewErrors.ReviewNotFound),
            () => review.Remove(Now).Error.ShouldBe(ReviewErrors.ReviewNotFound),
            () => review.ReplyWith("", Now).Error.ShouldBe(ReviewErrors.ReviewNotFound),
            () => review.ReportBy(AnId(), ReportReason.Spam, Now).Error.ShouldBe(ReviewErrors.ReviewNotFound),
            () => review.DisputeBecause("", DisputeWindow, Now).Error.ShouldBe(ReviewErrors.ReviewNotFound),
            () => review.Hide(Now).Error.ShouldBe(ReviewErrors.ReviewNotFound),
            () => review.Restore(Now).Error.ShouldBe(ReviewErrors.ReviewNotFound)
        );
    }
}
