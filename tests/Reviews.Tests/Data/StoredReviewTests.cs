using Microsoft.EntityFrameworkCore;
using Reviews.Data;
using Reviews.Domain;
using Reviews.Features;
using static Reviews.Tests.Domain.Given;

namespace Reviews.Tests.Data;

/// <summary>What the domain holds survives the database, and of two concurrent changes one is noticed.</summary>
public sealed class StoredReviewTests : IAsyncLifetime
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"reviews-{AnId():N}.db");

    public async ValueTask InitializeAsync()
    {
        await using var reviews = Open();
        await reviews.Database.EnsureCreatedAsync();
    }

    public ValueTask DisposeAsync()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        File.Delete(_file);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_review_comes_back_with_its_reply_its_dispute_and_its_reports()
    {
        var review = PublishedReview(text: "맛있어요 🍜");
        await SaveAsync(reviews => reviews.Reviews.Add(review));
        await ChangeAsync(review.ReviewId, stored => stored.ReplyWith("Thank you.", Now));
        await ChangeAsync(review.ReviewId, stored => stored.ReplyWith("Thank you!", Now.AddHours(1)));
        await ChangeAsync(review.ReviewId, stored => stored.ReportBy(AnId(), ReportReason.Spam, Now));
        await ChangeAsync(review.ReviewId, stored => stored.ReportBy(AnId(), ReportReason.Other, Now));
        await ChangeAsync(review.ReviewId, stored => stored.DisputeBecause("No.", DisputeWindow, Now));

        await using var reviews = Open();
        var read = await reviews.Reviews.AsNoTracking().SingleAsync();

        read.ShouldSatisfyAllConditions(
            () => read.Text.ShouldBe("맛있어요 🍜"),
            () => read.Status.ShouldBe(ReviewStatus.HiddenByDispute),
            () => read.Reply!.Text.ShouldBe("Thank you!"),
            () => read.Reply!.RepliedAt.ShouldBe(Now),
            () => read.Reply!.EditedAt.ShouldBe(Now.AddHours(1)),
            () => read.Reports.Count.ShouldBe(2),
            () => read.OpenReports.ShouldBe(2),
            () => read.Dispute!.Outcome.ShouldBe(DisputeOutcome.Pending),
            () => read.DisputeDeadline.ShouldBe(Now + DisputeWindow)
        );
    }

    [Fact]
    public async Task A_removed_review_leaves_no_words_behind()
    {
        var review = PublishedReview(text: "Secret.");
        await SaveAsync(reviews => reviews.Reviews.Add(review));
        await ChangeAsync(review.ReviewId, stored => stored.ReplyWith("Thank you.", Now));
        await ChangeAsync(review.ReviewId, stored => stored.Remove(Now));

        await using var reviews = Open();
        var read = await reviews.Reviews.AsNoTracking().SingleAsync();

        read.Text.ShouldBeEmpty();
        read.Reply.ShouldBeNull();
    }

    [Fact]
    public async Task Figures_come_back_as_they_were()
    {
        await SaveAsync(reviews =>
        {
            reviews.Add(StoreRating.Open(AnId()));
            reviews.Add(RiderStanding.Open(AnId()));
        });
        await using (var writing = Open())
        {
            (await writing.StoreRatings.SingleAsync()).Recount(null, Scores(food: 3, delivery: 2));
            var standing = await writing.RiderStandings.SingleAsync();
            standing.Recount(null, Scores(food: 3, delivery: 2));
            standing.CountDelivered();
            await writing.SaveChangesAsync();
        }

        await using var reviews = Open();
        var readRating = await reviews.StoreRatings.AsNoTracking().SingleAsync();
        var readStanding = await reviews.RiderStandings.AsNoTracking().SingleAsync();

        readRating.Food.ShouldBe(ScoreTally.Empty.And(3));
        readRating.Delivery.ShouldBe(ScoreTally.Empty.And(2));
        readRating.Revision.ShouldBe(1);
        readStanding.Scores.ShouldBe(ScoreTally.Empty.And(2));
        readStanding.Delivered.ShouldBe(1);
    }

    [Theory]
    [InlineData("reply")]
    [InlineData("report")]
    [InlineData("hide")]
    public async Task Of_two_concurrent_changes_of_a_review_the_second_is_refused(string change)
    {
        var review = PublishedReview();
        await SaveAsync(reviews => reviews.Reviews.Add(review));
        await using var mine = Open();
        await using var theirs = Open();
        var here = await mine.Reviews.SingleAsync();
        var there = await theirs.Reviews.SingleAsync();

        Change(here);
        Change(there);
        await mine.SaveChangesAsync();

        await Should.ThrowAsync<DbUpdateConcurrencyException>(() => theirs.SaveChangesAsync());

        void Change(Review stored) =>
            (
                change switch
                {
                    "reply" => stored.ReplyWith("Thank you.", Now),
                    "report" => stored.ReportBy(AnId(), ReportReason.Spam, Now),
                    _ => stored.Hide(Now),
                }
            ).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task Of_two_concurrent_changes_of_a_rating_the_second_is_refused()
    {
        await SaveAsync(reviews => reviews.StoreRatings.Add(StoreRating.Open(AnId())));
        await using var mine = Open();
        await using var theirs = Open();
        (await mine.StoreRatings.SingleAsync()).Recount(null, Scores());
        (await theirs.StoreRatings.SingleAsync()).Recount(null, Scores());

        await mine.SaveChangesAsync();

        await Should.ThrowAsync<DbUpdateConcurrencyException>(() => theirs.SaveChangesAsync());
    }

    [Theory]
    [InlineData("newest")]
    [InlineData("highest")]
    [InlineData("lowest")]
    public async Task Pages_show_every_review_once_and_in_order(string sort)
    {
        var storeId = AnId();
        var foods = new[] { 3, 5, 1, 5, 3, 2, 5, 1, 4, 3, 3 };
        await SaveAsync(reviews =>
            reviews.AddRange(foods.Select(food => PublishedReview(food, storeId: storeId)))
        );

        var seen = new List<ReviewView>();
        string? cursor = null;
        do
        {
            await using var reviews = Open();
            var page = (await reviews.Reviews.AsNoTracking().PageAsync(null, sort, cursor, 2, default)).Value;
            seen.AddRange(page.Items);
            cursor = page.Next;
        } while (cursor is not null);

        seen.Select(review => review.ReviewId).Distinct().Count().ShouldBe(foods.Length);
        seen.Select(review => review.FoodRating)
            .ShouldBe(
                sort switch
                {
                    "highest" => foods.OrderDescending(),
                    "lowest" => foods.Order(),
                    _ => seen.Select(review => review.FoodRating),
                }
            );
    }

    private ReviewsDbContext Open() =>
        new(
            new DbContextOptionsBuilder<ReviewsDbContext>().UseSqlite($"Data Source={_file}").Options,
            TimeProvider.System
        );

    private async Task SaveAsync(Action<ReviewsDbContext> change)
    {
        await using var reviews = Open();
        change(reviews);
        await reviews.SaveChangesAsync();
    }

    private async Task ChangeAsync(Guid reviewId, Func<Review, Platform.Domain.Result> change)
    {
        await using var reviews = Open();
        var review = await reviews.Reviews.SingleAsync(row => row.ReviewId == reviewId);
        change(review).IsDone.ShouldBeTrue();
        await reviews.SaveChangesAsync();
    }
}
