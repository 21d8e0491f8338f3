using Orders.Contracts;
using Platform.Commands;
using Platform.Domain;
using Reviews.Contracts;
using Riders.Contracts;

namespace FourModules;

internal sealed record Note(Guid Key, string Heard) : ICommand<Nothing>;

internal sealed class NoteHandler(EchoesDbContext echoes, TimeProvider clock) : ICommandHandler<Note, Nothing>
{
    public Task<Result<Nothing>> Handle(Note command, CancellationToken cancellationToken)
    {
        echoes.Echoes.Add(
            new Echo
            {
                Id = Guid.CreateVersion7(clock.GetUtcNow()),
                Key = command.Key,
                Heard = command.Heard,
            }
        );
        return Task.FromResult<Result<Nothing>>(Nothing.Done);
    }
}

public sealed class OrderAcceptedHandler(Sender sender)
{
    public Task Handle(OrderAccepted happened, CancellationToken cancellationToken) =>
        sender.ApplyAsync(new Note(happened.OrderId, nameof(OrderAccepted)), cancellationToken);
}

public sealed class OrderReadyHandler(Sender sender)
{
    public Task Handle(OrderReady happened, CancellationToken cancellationToken) =>
        sender.ApplyAsync(new Note(happened.OrderId, nameof(OrderReady)), cancellationToken);
}

public sealed class OrderDeliveredHandler(Sender sender)
{
    public Task Handle(OrderDelivered happened, CancellationToken cancellationToken) =>
        sender.ApplyAsync(new Note(happened.OrderId, nameof(OrderDelivered)), cancellationToken);
}

public sealed class DeliveryCompletedHandler(Sender sender)
{
    public Task Handle(DeliveryCompleted happened, CancellationToken cancellationToken) =>
        sender.ApplyAsync(new Note(happened.OrderId, nameof(DeliveryCompleted)), cancellationToken);
}

public sealed class StoreRatingChangedHandler(Sender sender)
{
    public Task Handle(StoreRatingChanged happened, CancellationToken cancellationToken) =>
        sender.ApplyAsync(new Note(happened.StoreId, nameof(StoreRatingChanged)), cancellationToken);
}
