using CsCheck;
using Platform.Domain;
using Reviews.Domain;
using static Reviews.Tests.Domain.Given;

namespace Reviews.Tests.Domain;

/// <summary>Whatever people do in whatever order: figures stay right and no review gets into an illegal state.</summary>
public sealed class ReviewLifeTests
{
    private const int Reviews = 4;

    private static readonly Gen<Step> Steps = Gen.Select(
        Gen.Enum<Act>(),
        Gen.Int[0, Reviews - 1],
        Gen.Int[1, 5],
        Gen.Int[1, 5],
        Gen.Int[0, 48],
        (act, review, food, delivery, hours) => new Step(act, review, food, delivery, hours)
    );

    private enum Act
    {
        Write,
        Edit,
        Reply,
        Report,
        Hide,
        Restore,
        Dispute,
        Wait,
        Lapse,
        Remove,
    }

    [Fact]
    public void The_rating_kept_step_by_step_is_the_one_counted_from_scratch() =>
        Steps
            .List[0, 60]
            .Sample(steps =>
            {
                var life = new Life();
                foreach (var step in steps)
                {
                    life.Take(step);

                    var kept = (life.Rating.Food, life.Rating.Delivery, life.Rating.Revision);
                    life.Rating.Rebuild(life.Published()).ShouldBeFalse();
                    (life.Rating.Food, life.Rating.Delivery, life.Rating.Revision).ShouldBe(kept);
                    life.Standing.Scores.ShouldBe(life.Rating.Delivery);
                }
            });

    [Fact]
    public void A_rating_rebuilt_from_nothing_has_the_figures_kept_step_by_step() =>
        Steps
            .List[0, 60]
            .Sample(steps =>
            {
                var life = new Life();
                foreach (var step in steps)
                {
                    life.Take(step);
                }

                var scratch = StoreRating.Open(life.Rating.StoreId);
                scratch.Rebuild(life.Published());

                scratch.Food.ShouldBe(life.Rating.Food);
                scratch.Delivery.ShouldBe(life.Rating.Delivery);
            });

    [Fact]
    public void No_sequence_reaches_an_illegal_state() =>
        Steps
            .List[0, 60]
            .Sample(steps =>
            {
                var life = new Life();
                foreach (var step in steps)
                {
                    var before = life.States();
                    var refused = !life.Take(step).IsDone;
                    var after = life.States();

                    if (refused)
                    {
                        after.ShouldBe(before);
                    }

                    foreach (var (from, to) in before.Zip(after))
                    {
                        IsLegal(from, to).ShouldBeTrue($"{from} → {to} by {step}");
                    }

                    life.All.ShouldAllBe(review => IsSound(review));
                }
            });

    private static bool IsLegal(ReviewStatus? from, ReviewStatus? to) =>
        from == to
        || (from, to)
            is
                (null, ReviewStatus.Published)
                or
                (ReviewStatus.Published, ReviewStatus.HiddenByOperator or ReviewStatus.HiddenByDispute)
                or
                (ReviewStatus.HiddenByDispute, ReviewStatus.HiddenByOperator or ReviewStatus.Published)
                or
                (ReviewStatus.HiddenByOperator, ReviewStatus.Published)
                or
                (not null and not ReviewStatus.Removed, ReviewStatus.Removed);

    private static bool IsSound(Review review) =>
        review.IsPublished == review.CountedScores is not null
        && (review.Status == ReviewStatus.HiddenByDispute) == review.DisputeDeadline.HasValue
        && (review.Dispute?.IsPending ?? false) == review.DisputeDeadline.HasValue
        && (!review.IsRemoved || (review.Text.Length == 0 && review.Reply is null))
        && review.OpenReports >= 0
        && review.OpenReports <= review.Reports.Count;

    private sealed record Step(Act Act, int Review, int Food, int Delivery, int Hours);

    /// <summary>A store and a rider with a few orders, and a clock that only goes forward.</summary>
    private sealed class Life
    {
        private readonly ReviewEligibility[] _orders;
        private readonly Review?[] _reviews = new Review?[Reviews];
        private DateTimeOffset _now = Now;

        public Life()
        {
            Rating = StoreRating.Open(AnId());
            Standing = RiderStanding.Open(AnId());
            _orders =
            [
                .. Enumerable
                    .Range(0, Reviews)
                    .Select(_ => DeliveredOrder(storeId: Rating.StoreId, riderId: Standing.RiderId)),
            ];
        }

        public StoreRating Rating { get; }

        public RiderStanding Standing { get; }

        public IEnumerable<Review> All => _reviews.OfType<Review>();

        public ReviewStatus?[] States() => [.. _reviews.Select(review => review?.Status)];

        public IEnumerable<(Scores Scores, int Times)> Published() =>
            All.Where(review => review.IsPublished).Select(review => (review.CountedScores!, 1));

        public Result Take(Step step)
        {
            if (step.Act == Act.Wait)
            {
                _now += step.Hours == 0 ? DisputeWindow : TimeSpan.FromHours(step.Hours);
                return Result.Done;
            }

            var before = _reviews[step.Review]?.CountedScores;
            var outcome = step.Act == Act.Write ? Write(step) : Change(step);
            var after = _reviews[step.Review]?.CountedScores;
            Rating.Recount(before, after);
            Standing.Recount(before, after);
            return outcome;
        }

        private Result Write(Step step)
        {
            var order = _orders[step.Review];
            var written = order.WriteReview(
                order.CustomerId,
                Scores(step.Food, step.Delivery),
                "As it was.",
                EditWindow,
                _now
            );
            if (!written.IsDone)
            {
                return written.Error;
            }

            _reviews[step.Review] = written.Value;
            return Result.Done;
        }

        private Result Change(Step step) =>
            _reviews[step.Review] is not { } review
                ? ReviewErrors.ReviewNotFound
                : step.Act switch
                {
                    Act.Edit => review.Edit(Scores(step.Food, step.Delivery), "Changed.", _now),
                    Act.Reply => review.ReplyWith("Thank you.", _now),
                    Act.Report => review.ReportBy(AnId(), ReportReason.Other, _now),
                    Act.Hide => review.Hide(_now),
                    Act.Restore => review.Restore(_now),
                    Act.Dispute => review.DisputeBecause("Not so.", DisputeWindow, _now),
                    Act.Lapse => review.LapseDispute(_now),
                    _ => review.Remove(_now),
                };
    }
}
