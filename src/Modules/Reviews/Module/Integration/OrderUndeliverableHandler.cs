using Orders.Contracts;
using Platform.Commands;
using Platform.Domain;
using Reviews.Data;
using Reviews.Domain;
using Reviews.Features;

namespace Reviews.Integration;

/// <summary>An order that never arrived counts against its rider if it was the rider's own fault.</summary>
/// <param name="sender">Applies the event.</param>
public sealed class OrderUndeliverableHandler(Sender sender)
{
    /// <summary>Takes the event in; a repeated one changes nothing.</summary>
    public Task Handle(OrderUndeliverable happened, CancellationToken cancellationToken) =>
        sender.ApplyAsync(
            new NoteUndeliveredOrder(
                happened.OrderId,
                happened.StoreId,
                happened.RiderId,
                happened.Reason,
                happened.Fault,
                happened.FailedAt
            ),
            cancellationToken
        );
}

internal sealed record NoteUndeliveredOrder(
    Guid OrderId,
    Guid StoreId,
    Guid? RiderId,
    string Reason,
    string Fault,
    DateTimeOffset FailedAt
) : ICommand<Nothing>;

internal sealed class NoteUndeliveredOrderHandler(ReviewsDbContext reviews)
    : ICommandHandler<NoteUndeliveredOrder, Nothing>
{
    public async Task<Result<Nothing>> Handle(
        NoteUndeliveredOrder command,
        CancellationToken cancellationToken
    )
    {
        if (await reviews.UndeliveredOrders.FindAsync([command.OrderId], cancellationToken) is not null)
            return Nothing.Done;
        var order = UndeliveredOrder.Note(
            command.OrderId,
            command.StoreId,
            command.RiderId,
            command.Reason,
            command.Fault,
            command.FailedAt
        );
        if (command.RiderId is { } riderId)
        {
            var standing = await reviews.StandingOfAsync(riderId, cancellationToken);
            standing.Count(order);
        }

        reviews.UndeliveredOrders.Add(order);
        return Nothing.Done;
    }
}
