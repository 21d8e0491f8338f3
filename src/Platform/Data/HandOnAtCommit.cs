using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Platform.Streams;

namespace Platform.Data;

/// <summary>Wakes a stream's readers the moment that what it says is committed.</summary>
internal sealed class SignalOnCommit(StreamSignals signals)
    : DbTransactionInterceptor,
        ISaveChangesInterceptor
{
    public ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData,
        int result,
        CancellationToken cancellationToken = default
    )
    {
        if (eventData.Context is ModuleDbContext { Database.CurrentTransaction: null } context)
            Signal(context);
        return ValueTask.FromResult(result);
    }

    public override Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        if (eventData.Context is ModuleDbContext context)
            Signal(context);
        return Task.CompletedTask;
    }

    private void Signal(ModuleDbContext context)
    {
        if (!context.HasUnsignalledEvents)
            return;
        context.HasUnsignalledEvents = false;
        signals.Raise(context.Schema);
    }
}
