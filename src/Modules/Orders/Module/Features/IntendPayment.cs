using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Orders.Data;
using Orders.Domain;
using Platform.Commands;
using Platform.Domain;

namespace Orders.Features;

/// <summary>
/// Writes down that money is about to be held, in a unit of work of its own. Tried again with the same key and amount,
/// it is the same intention, hence the same payment at the gateway, whatever became of the first try.
/// </summary>
internal sealed record IntendPayment(Guid CustomerId, string Key, Money Amount)
    : ICommand<PaymentIntention>,
        IRetryOnConflict;

internal sealed class IntendPaymentHandler(
    OrdersDbContext database,
    Attempt attempt,
    IOptions<OrdersOptions> options,
    TimeProvider clock
) : ICommandHandler<IntendPayment, PaymentIntention>
{
    /// <summary>Hardly any key was used before, so the first attempt does not look: the key refuses its row.</summary>
    public async Task<Result<PaymentIntention>> Handle(
        IntendPayment command,
        CancellationToken cancellationToken
    )
    {
        var (wait, now) = (options.Value.UnknownAuthorisationWait, clock.GetUtcNow());
        if (!attempt.IsFirst && await FindAsync(command, cancellationToken) is { } earlier)
        {
            if (await database.Orders.AnyAsync(row => row.Id == earlier.OrderId, cancellationToken))
            {
                if (await database.HasAnswerAsync(command.CustomerId, command.Key, cancellationToken))
                    return earlier;
                earlier.LetGoOfKey();
            }
            else if (earlier.Amount == command.Amount)
            {
                earlier.TryAgain(wait, now);
                return earlier;
            }
            else
            {
                earlier.LetGoOfKey();
            }
        }
        var intention = PaymentIntention.Write(
            Guid.CreateVersion7(now),
            command.CustomerId,
            command.Key,
            command.Amount,
            wait,
            now
        );
        database.PaymentIntentions.Add(intention);
        return intention;
    }

    private Task<PaymentIntention?> FindAsync(IntendPayment command, CancellationToken cancellationToken) =>
        database.PaymentIntentions.SingleOrDefaultAsync(
            row => row.CustomerId == command.CustomerId && row.Key == command.Key,
            cancellationToken
        );
}
