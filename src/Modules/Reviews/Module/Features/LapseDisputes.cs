using Microsoft.EntityFrameworkCore;
using Platform.Commands;
using Platform.Domain;
using Platform.Modules;
using Reviews.Data;
using Reviews.Domain;

namespace Reviews.Features;

internal sealed record FindLapsedDisputes : IQuery<IReadOnlyList<Guid>>;

internal sealed class FindLapsedDisputesHandler(ReviewsDbContext reviews, TimeProvider clock)
    : IQueryHandler<FindLapsedDisputes, IReadOnlyList<Guid>>
{
    private const int MostAtOnce = 200;

    public async Task<Result<IReadOnlyList<Guid>>> Handle(
        FindLapsedDisputes query,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        return await reviews
            .Reviews.Where(review => review.DisputeDeadline <= now)
            .OrderBy(review => review.DisputeDeadline)
            .Select(review => review.ReviewId)
            .Take(MostAtOnce)
            .ToListAsync(cancellationToken);
    }
}

internal sealed record LapseDispute(Guid ReviewId) : ICommand<Nothing>, IRetryOnConflict;

internal sealed class LapseDisputeHandler(ReviewLedger ledger) : ICommandHandler<LapseDispute, Nothing>
{
    public async Task<Result<Nothing>> Handle(LapseDispute command, CancellationToken cancellationToken)
    {
        var lapsed = await ledger.ChangeAsync(
            command.ReviewId,
            (disputed, now) => disputed.LapseDispute(now),
            cancellationToken
        );
        return lapsed.IsDone ? Nothing.Done : lapsed.Error;
    }
}

/// <summary>Brings reviews back whose dispute nobody ruled on in time.</summary>
internal sealed class LapseDisputes(Sender sender, ReviewsOptions options) : ISweep
{
    public TimeSpan Interval => options.DisputeSweepInterval;

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var due = await sender.SendAsync(new FindLapsedDisputes(), cancellationToken);
        foreach (var reviewId in due.Value)
        {
            // A refusal means that somebody ruled, or another replica swept, in the meantime.
            await sender.SendAsync(new LapseDispute(reviewId), cancellationToken);
        }
    }
}
