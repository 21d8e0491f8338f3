using Reviews.Domain;
using static Reviews.Tests.Domain.Given;

namespace Reviews.Tests.Domain;

/// <summary>Rule 3: owner reply, reports, hiding and restoring, disputes.</summary>
public sealed class ModerationTests
{
    [Fact]
    public void The_store_replies_once_and_may_change_its_reply()
    {
        var review = PublishedReview();

        review.ReplyWith("Thank you.", Now).IsDone.ShouldBeTrue();
        review.ReplyWith("Thank you very much.", Now.AddHours(1)).IsDone.ShouldBeTrue();

        review.Reply!.Text.ShouldBe("Thank you very much.");
        review.Reply.RepliedAt.ShouldBe(Now);
        review.Reply.EditedAt.ShouldBe(Now.AddHours(1));
    }

    [Fact]
    public void A_hidden_review_is_not_replied_to() =>
        HiddenReview().ReplyWith("Thank you.", Now).Error.ShouldBe(ReviewErrors.ReviewHidden);

    [Fact]
    public void A_reply_is_no_longer_than_a_review() =>
        PublishedReview()
            .ReplyWith(new string('x', Review.LongestText + 1), Now)
            .Error.ShouldBe(ReviewErrors.TextTooLong);

    [Fact]
    public void A_reported_review_stays_published_until_an_operator_looks_at_it()
    {
        var review = PublishedReview();

        review.ReportBy(AnId(), ReportReason.Spam, Now).IsDone.ShouldBeTrue();
        review.ReportBy(AnId(), ReportReason.Offensive, Now).IsDone.ShouldBeTrue();

        review.IsPublished.ShouldBeTrue();
        review.OpenReports.ShouldBe(2);
    }

    [Fact]
    public void Nobody_reports_a_review_twice()
    {
        var review = PublishedReview();
        var reporter = AnId();
        review.ReportBy(reporter, ReportReason.Spam, Now);

        review.ReportBy(reporter, ReportReason.Untrue, Now).Error.ShouldBe(ReviewErrors.AlreadyReported);
        review.OpenReports.ShouldBe(1);
    }

    [Fact]
    public void An_operator_hides_a_review_and_its_reports_are_dealt_with()
    {
        var review = PublishedReview();
        review.ReportBy(AnId(), ReportReason.Spam, Now);

        review.Hide(Now).IsDone.ShouldBeTrue();

        review.Status.ShouldBe(ReviewStatus.HiddenByOperator);
        review.CountedScores.ShouldBeNull();
        review.OpenReports.ShouldBe(0);
    }

    [Fact]
    public void A_review_that_an_operator_has_hidden_is_not_hidden_again() =>
        HiddenReview().Hide(Now).Error.ShouldBe(ReviewErrors.AlreadyHidden);

    [Fact]
    public void An_operator_restores_a_hidden_review()
    {
        var review = HiddenReview();

        review.Restore(Now).IsDone.ShouldBeTrue();

        review.IsPublished.ShouldBeTrue();
        review.CountedScores.ShouldNotBeNull();
    }

    [Fact]
    public void Restoring_a_reported_review_dismisses_its_reports()
    {
        var review = PublishedReview();
        review.ReportBy(AnId(), ReportReason.Spam, Now);

        review.Restore(Now).IsDone.ShouldBeTrue();

        review.OpenReports.ShouldBe(0);
        review.IsPublished.ShouldBeTrue();
    }

    [Fact]
    public void There_is_nothing_to_restore_about_a_published_review_without_reports() =>
        PublishedReview().Restore(Now).Error.ShouldBe(ReviewErrors.NotHidden);

    [Fact]
    public void A_dispute_hides_the_review_for_30_days()
    {
        var review = PublishedReview();

        review.DisputeBecause("Not our food.", DisputeWindow, Now).IsDone.ShouldBeTrue();

        review.Status.ShouldBe(ReviewStatus.HiddenByDispute);
        review.CountedScores.ShouldBeNull();
        review.DisputeDeadline.ShouldBe(Now.AddDays(30));
        review.Dispute!.Outcome.ShouldBe(DisputeOutcome.Pending);
    }

    [Fact]
    public void A_review_that_is_hidden_already_is_not_disputed() =>
        HiddenReview()
            .DisputeBecause("Not our food.", DisputeWindow, Now)
            .Error.ShouldBe(ReviewErrors.ReviewHidden);

    [Fact]
    public void An_operator_who_restores_a_disputed_review_dismisses_the_dispute()
    {
        var review = DisputedReview();

        review.Restore(Now).IsDone.ShouldBeTrue();

        review.IsPublished.ShouldBeTrue();
        review.Dispute!.Outcome.ShouldBe(DisputeOutcome.Dismissed);
        review.DisputeDeadline.ShouldBeNull();
    }

    [Fact]
    public void An_operator_who_hides_a_disputed_review_upholds_the_dispute()
    {
        var review = DisputedReview();

        review.Hide(Now).IsDone.ShouldBeTrue();

        review.Status.ShouldBe(ReviewStatus.HiddenByOperator);
        review.Dispute!.Outcome.ShouldBe(DisputeOutcome.Upheld);
        review.DisputeDeadline.ShouldBeNull();
    }

    [Fact]
    public void A_review_is_disputed_once()
    {
        var review = DisputedReview();
        review.Restore(Now);

        review.DisputeBecause("Once more.", DisputeWindow, Now).Error.ShouldBe(ReviewErrors.AlreadyDisputed);
    }

    [Fact]
    public void Without_a_ruling_the_review_is_back_at_the_deadline()
    {
        var review = DisputedReview();

        review.LapseDispute(Now + DisputeWindow).IsDone.ShouldBeTrue();

        review.IsPublished.ShouldBeTrue();
        review.Dispute!.Outcome.ShouldBe(DisputeOutcome.Lapsed);
        review.DisputeDeadline.ShouldBeNull();
    }

    [Fact]
    public void Before_the_deadline_it_stays_hidden()
    {
        var review = DisputedReview();

        review
            .LapseDispute(Now + DisputeWindow - TimeSpan.FromTicks(1))
            .Error.ShouldBe(ReviewErrors.NoDisputeDue);
        review.Status.ShouldBe(ReviewStatus.HiddenByDispute);
    }

    [Fact]
    public void A_dispute_that_was_upheld_does_not_lapse()
    {
        var review = DisputedReview();
        review.Hide(Now);

        review.LapseDispute(Now.AddYears(1)).Error.ShouldBe(ReviewErrors.NoDisputeDue);
        review.Status.ShouldBe(ReviewStatus.HiddenByOperator);
    }

    [Fact]
    public void A_dispute_lapses_once()
    {
        var review = DisputedReview();
        review.LapseDispute(Now + DisputeWindow);

        review.LapseDispute(Now + DisputeWindow).Error.ShouldBe(ReviewErrors.NoDisputeDue);
    }
}
