using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orders.Data;
using Orders.Domain;
using Orders.Payments;
using Platform.Commands;
using Platform.Domain;
using Platform.Modules;

namespace Orders.Features;

/// <summary>
/// Gives back the money of orders that came to nothing or never came to be, and goes on until the gateway has done it.
/// </summary>
internal sealed class SettlePayments(Sender sender, Intentions intentions, IOptions<OrdersOptions> options)
    : ISweep
{
    public TimeSpan Interval => options.Value.SweepInterval;

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await intentions.DropStaleAsync(cancellationToken);
        await sender.SendAsync(new ReleaseUnplaced(), cancellationToken);
        var due = await sender.SendAsync(new FindDueSettlements(), cancellationToken);
        await due.Value.EachHasItsTurnAsync(settlementId =>
            sender.SendAsync(new SettlePayment(settlementId), cancellationToken)
        );
    }
}

/// <summary>Settlements to try now, the longest due first, as many as one sweep takes.</summary>
internal sealed record FindDueSettlements : IQuery<IReadOnlyList<Guid>>;

internal sealed class FindDueSettlementsHandler(OrdersDbContext database, TimeProvider clock)
    : IQueryHandler<FindDueSettlements, IReadOnlyList<Guid>>
{
    private const int PerSweep = 200;

    public async Task<Result<IReadOnlyList<Guid>>> Handle(
        FindDueSettlements query,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        return await database
            .Settlements.Where(settlement => settlement.DueAt != null && settlement.DueAt <= now)
            .OrderBy(settlement => settlement.DueAt)
            .Select(settlement => settlement.Id)
            .Take(PerSweep)
            .ToListAsync(cancellationToken);
    }
}

/// <summary>
/// One attempt at one settlement. Two replicas may both ask the gateway, which does it once; the row's version
/// lets one of them record it.
/// </summary>
internal sealed record SettlePayment(Guid SettlementId) : ICommand<Nothing>;

internal sealed class SettlePaymentHandler(
    OrdersDbContext database,
    IPaymentGateway gateway,
    IOptions<OrdersOptions> options,
    TimeProvider clock,
    ILogger<SettlePaymentHandler> logger
) : ICommandHandler<SettlePayment, Nothing>
{
    public async Task<Result<Nothing>> Handle(SettlePayment command, CancellationToken cancellationToken)
    {
        var settlement = await database.Settlements.SingleAsync(
            row => row.Id == command.SettlementId,
            cancellationToken
        );
        if (!settlement.IsDueAt(clock.GetUtcNow()))
            return Nothing.Done;
        if (await ReleasedAsync(settlement, cancellationToken))
            settlement.Succeed(clock.GetUtcNow());
        if (settlement is { OrderId: { } orderId, SettledAt: not null })
        {
            var order = await database.Orders.SingleAsync(row => row.Id == orderId, cancellationToken);
            order.PaymentWasReleased();
        }
        return Nothing.Done;
    }

    private async Task<bool> ReleasedAsync(Settlement settlement, CancellationToken cancellationToken)
    {
        try
        {
            if (await gateway.ReleaseAsync(settlement.Reference, settlement.Attempts + 1, cancellationToken))
                return true;
            Postpone(settlement, "refused");
        }
        catch (Exception unexpected) when (unexpected is not OperationCanceledException)
        {
            logger.LogError(unexpected, "Settlement {SettlementId} failed.", settlement.Id);
            Postpone(settlement, unexpected.GetType().Name);
        }
        return false;
    }

    private void Postpone(Settlement settlement, string failure)
    {
        var (first, longest) = (options.Value.ReleaseRetry, options.Value.LongestReleaseRetry);
        settlement.Fail(failure, first, longest, clock.GetUtcNow());
        logger.LogWarning(
            "The gateway has not released settlement {SettlementId} in {Attempts} attempts; next at {DueAt}.",
            settlement.Id,
            settlement.Attempts,
            settlement.DueAt
        );
    }
}
