using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Orders.Data;
using Orders.Domain;
using Platform.Commands;
using Platform.Domain;
using Platform.Modules;

namespace Orders.Features;

/// <summary>Ends orders that their stores did not answer in time.</summary>
internal sealed class ExpireOrders(Sender sender, IOptions<OrdersOptions> options) : ISweep
{
    public TimeSpan Interval => options.Value.SweepInterval;

    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var due = await sender.SendAsync(new FindUnansweredOrders(), cancellationToken);
        await due.Value.EachHasItsTurnAsync(orderId =>
            sender.SendAsync(new ExpireOrder(orderId), cancellationToken)
        );
    }
}

/// <summary>Orders whose time to be answered is over, the oldest first, as many as one sweep takes.</summary>
internal sealed record FindUnansweredOrders : IQuery<IReadOnlyList<Guid>>;

internal sealed class FindUnansweredOrdersHandler(OrdersDbContext database, TimeProvider clock)
    : IQueryHandler<FindUnansweredOrders, IReadOnlyList<Guid>>
{
    private const int PerSweep = 200;

    public async Task<Result<IReadOnlyList<Guid>>> Handle(
        FindUnansweredOrders query,
        CancellationToken cancellationToken
    )
    {
        var now = clock.GetUtcNow();
        return await database
            .Orders.Where(order => order.AnswerBy != null && order.AnswerBy <= now)
            .OrderBy(order => order.AnswerBy)
            .Select(order => order.Id)
            .Take(PerSweep)
            .ToListAsync(cancellationToken);
    }
}

/// <summary>Expires one order. Refused when its store, its customer or another replica was first.</summary>
internal sealed record ExpireOrder(Guid OrderId) : ICommand<Nothing>;

internal sealed class ExpireOrderHandler(OrdersDbContext database, TimeProvider clock)
    : ICommandHandler<ExpireOrder, Nothing>
{
    public async Task<Result<Nothing>> Handle(ExpireOrder command, CancellationToken cancellationToken)
    {
        var order = await database.Orders.SingleAsync(row => row.Id == command.OrderId, cancellationToken);
        if (order.Expire(clock.GetUtcNow()) is { IsDone: false } refused)
            return refused.Error;
        database.SayNewsOf(order);
        return Nothing.Done;
    }
}
