using Microsoft.EntityFrameworkCore;
using Orders.Data;
using Orders.Domain;
using Orders.Features;
using Platform.Commands;
using Platform.Domain;
using Riders.Contracts;

namespace Orders.Integration;

/// <summary>The order will not reach its customer. Late or repeated news changes nothing.</summary>
public sealed class DeliveryFailedHandler(Sender sender)
{
    /// <summary>Applies the event.</summary>
    public Task Handle(DeliveryFailed happened, CancellationToken cancellationToken) =>
        sender.ApplyAsync(
            new FollowFailure(
                happened.OrderId,
                happened.RiderId,
                happened.Reason,
                Blamed(happened.Fault),
                happened.FailedAt
            ),
            cancellationToken
        );

    /// <summary>Where the blame is a word we do not know, the customer does not pay for our not knowing it.</summary>
    private static Fault Blamed(string fault) =>
        Enum.TryParse<Fault>(fault, ignoreCase: true, out var known) && Enum.IsDefined(known)
            ? known
            : Fault.Platform;
}

internal sealed record FollowFailure(
    Guid OrderId,
    Guid? RiderId,
    string Reason,
    Fault Fault,
    DateTimeOffset At
) : ICommand<Nothing>;

internal sealed class FollowFailureHandler(OrdersDbContext database) : ICommandHandler<FollowFailure, Nothing>
{
    public async Task<Result<Nothing>> Handle(FollowFailure command, CancellationToken cancellationToken)
    {
        var order = await database.Orders.SingleOrDefaultAsync(
            row => row.Id == command.OrderId,
            cancellationToken
        );
        if (order is null)
            return OrderAccess.NotFound;
        order.FollowFailure(command.RiderId, command.Reason, command.Fault, command.At);
        database.SayNewsOf(order);
        return Nothing.Done;
    }
}
