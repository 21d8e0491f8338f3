using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Orders.Data;
using Orders.Domain;
using Platform.Commands;
using Platform.Domain;

namespace Orders.Features;

/// <summary>Writes down that money may be held under so many new references.</summary>
internal sealed record WriteIntentions(int Count) : ICommand<IReadOnlyList<PaymentIntention>>;

internal sealed class WriteIntentionsHandler(
    OrdersDbContext database,
    IOptions<OrdersOptions> options,
    TimeProvider clock
) : ICommandHandler<WriteIntentions, IReadOnlyList<PaymentIntention>>
{
    public Task<Result<IReadOnlyList<PaymentIntention>>> Handle(
        WriteIntentions command,
        CancellationToken cancellationToken
    )
    {
        var (wait, now) = (options.Value.UnknownAuthorisationWait, clock.GetUtcNow());
        var written = new PaymentIntention[command.Count];
        for (var index = 0; index < written.Length; index++)
            written[index] = PaymentIntention.Write(wait, now);
        database.PaymentIntentions.AddRange(written);
        return Task.FromResult<Result<IReadOnlyList<PaymentIntention>>>(written);
    }
}

/// <summary>Removes intentions under which the gateway was not asked and will not be.</summary>
internal sealed record DropIntentions(IReadOnlyList<Guid> OrderIds) : ICommand<Nothing>;

internal sealed class DropIntentionsHandler(OrdersDbContext database)
    : ICommandHandler<DropIntentions, Nothing>
{
    public async Task<Result<Nothing>> Handle(DropIntentions command, CancellationToken cancellationToken)
    {
        await database
            .PaymentIntentions.Where(intention => command.OrderIds.Contains(intention.OrderId))
            .ExecuteDeleteAsync(cancellationToken);
        return Nothing.Done;
    }
}
