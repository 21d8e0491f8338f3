using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Platform.Streams;

namespace Platform.Data;

/// <summary>Hands what a module says to its stream's readers the moment that it is committed, and not before.</summary>
internal sealed class HandOnAtCommit(StreamTails tails) : DbTransactionInterceptor, ISaveChangesInterceptor
{
    public ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData,
        int result,
        CancellationToken cancellationToken = default
    )
    {
        if (eventData.Context is ModuleDbContext context)
        {
            if (context.Database.CurrentTransaction is { } transaction)
                context.Said.Keep(transaction.TransactionId);
            else
                HandOn(context, context.Said.TakeSaved());
        }
        return ValueTask.FromResult(result);
    }

    public override Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        if (eventData.Context is ModuleDbContext context)
            HandOn(context, context.Said.TakeKept(eventData.TransactionId));
        return Task.CompletedTask;
    }

    private void HandOn(ModuleDbContext context, IReadOnlyList<OutboxRow> committed)
    {
        if (committed.Count > 0)
            tails.Append(context.Schema, committed.Select(row => row.At(row.Position)));
    }
}
