using Orders.Contracts;
using Platform.Commands;
using Platform.Domain;
using Reviews.Data;
using Reviews.Domain;
using Reviews.Features;

namespace Reviews.Integration;

/// <summary>A delivered order may be reviewed, and speaks for its rider.</summary>
/// <param name="sender">Applies the event.</param>
public sealed class OrderDeliveredHandler(Sender sender)
{
    /// <summary>Takes the event in; a repeated one changes nothing.</summary>
    public Task Handle(OrderDelivered happened, CancellationToken cancellationToken) =>
        sender.ApplyAsync(
            new GrantEligibility(
                happened.OrderId,
                happened.StoreId,
                happened.CustomerId,
                happened.RiderId,
                happened.DeliveredAt
            ),
            cancellationToken
        );
}

internal sealed record GrantEligibility(
    Guid OrderId,
    Guid StoreId,
    Guid CustomerId,
    Guid RiderId,
    DateTimeOffset DeliveredAt
) : ICommand<Nothing>;

internal sealed class GrantEligibilityHandler(ReviewsDbContext reviews, ReviewsOptions options)
    : ICommandHandler<GrantEligibility, Nothing>
{
    public async Task<Result<Nothing>> Handle(GrantEligibility command, CancellationToken cancellationToken)
    {
        if (await reviews.Eligibilities.FindAsync([command.OrderId], cancellationToken) is not null)
            return Nothing.Done;
        // Opening the store's rating here, where events come one after the other, spares the first reviews of a
        // store the race for who creates it.
        await reviews.RatingOfAsync(command.StoreId, cancellationToken);
        var standing = await reviews.StandingOfAsync(command.RiderId, cancellationToken);
        standing.CountDelivered();
        reviews.Eligibilities.Add(
            ReviewEligibility.Grant(
                command.OrderId,
                command.StoreId,
                command.CustomerId,
                command.RiderId,
                command.DeliveredAt,
                options.ReviewWindow
            )
        );
        return Nothing.Done;
    }
}
