using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Platform.Modules;

namespace Platform.Data;

/// <summary>Finds out for operators who holds a row of a module that was waited for in vain.</summary>
internal sealed class RowLocks(ModuleDefinition module, IServiceScopeFactory scopes)
{
    /// <summary>A failure for want of a row with a sentence that says which table and who; any other as it is.</summary>
    public async Task<Exception> ExplainAsync(Exception failure, CancellationToken cancellationToken)
    {
        if (DatabaseFailure.LockTimeoutIn(failure) is not { } locked)
            return failure;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var context = (ModuleDbContext)scope.ServiceProvider.GetRequiredService(module.DatabaseContext!);
            var (table, holder) = await DatabaseEngines
                .Of(context.Database)
                .WhoLocksAsync(context.Database, context.Schema, locked, cancellationToken);
            return new RowLockedException(context.Schema, table, holder, failure);
        }
        catch (DbException)
        {
            // Who it is would be good to know; that it is locked is known.
            return failure;
        }
    }
}
