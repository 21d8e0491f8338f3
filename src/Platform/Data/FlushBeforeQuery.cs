using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace Platform.Data;

/// <summary>
/// Writes pending changes before a query or a bulk statement of the same unit of work reads, so that a later
/// event of a batch sees what an earlier one did, and has a bulk statement commit with the rest. Costs nothing while
/// no handler queries.
/// </summary>
internal sealed class FlushBeforeQuery : DbCommandInterceptor
{
    public static readonly FlushBeforeQuery Instance = new();

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default
    )
    {
        await FlushAsync(command, eventData, cancellationToken);
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command,
        CommandEventData eventData,
        InterceptionResult<int> result,
        CancellationToken cancellationToken = default
    )
    {
        await FlushAsync(command, eventData, cancellationToken);
        return result;
    }

    private static async Task FlushAsync(
        DbCommand command,
        CommandEventData eventData,
        CancellationToken cancellationToken
    )
    {
        if (
            eventData.Context is not ModuleDbContext { FlushesBeforeQueries: true } context
            || !(Writes(eventData.CommandSource) || Reads(eventData.CommandSource))
        )
        {
            return;
        }
        var hasChanges = context.ChangeTracker.HasChanges();
        if (!hasChanges && !Writes(eventData.CommandSource))
            return;
        context.FlushesBeforeQueries = false;
        try
        {
            if (context.Database.CurrentTransaction is null)
                await context.BeginTransactionAsync(cancellationToken);
            if (hasChanges)
                await context.SaveChangesAsync(cancellationToken);
            command.Transaction = context.Database.CurrentTransaction!.GetDbTransaction();
        }
        finally
        {
            context.FlushesBeforeQueries = true;
        }
    }

    private static bool Reads(CommandSource source) =>
        source is CommandSource.LinqQuery or CommandSource.FromSqlQuery;

    private static bool Writes(CommandSource source) =>
        source is CommandSource.ExecuteSqlRaw or CommandSource.ExecuteUpdate or CommandSource.ExecuteDelete;
}
