using Microsoft.EntityFrameworkCore;
using Orders.Data;
using Orders.Domain;
using Platform.Commands;
using Platform.Domain;
using Reviews.Contracts;

namespace Orders.Integration;

/// <summary>Keeps what Reviews says of a store, so that showing the store asks nobody.</summary>
public sealed class StoreRatingChangedHandler(Sender sender)
{
    /// <summary>Applies the event.</summary>
    public Task Handle(StoreRatingChanged happened, CancellationToken cancellationToken) =>
        sender.ApplyAsync(
            new RateStore(happened.StoreId, happened.Average, happened.Count, happened.Revision),
            cancellationToken
        );
}

internal sealed record RateStore(Guid StoreId, double Average, int Count, long Revision) : ICommand<Nothing>;

internal sealed class RateStoreHandler(OrdersDbContext database) : ICommandHandler<RateStore, Nothing>
{
    public async Task<Result<Nothing>> Handle(RateStore command, CancellationToken cancellationToken)
    {
        var rating = await database.Ratings.SingleOrDefaultAsync(
            row => row.StoreId == command.StoreId,
            cancellationToken
        );
        if (rating is null)
            database.Ratings.Add(rating = StoreRating.Of(command.StoreId));
        rating.Become(command.Average, command.Count, command.Revision);
        return Nothing.Done;
    }
}
