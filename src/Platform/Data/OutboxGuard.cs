using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;
using Platform.Modules;

namespace Platform.Data;

/// <summary>
/// Closes a module whose outbox hands out positions that are taken, so that it is looked at as at a start and its
/// counter set right, rather than having each of its callers told of a race that was none.
/// </summary>
internal sealed class OutboxGuard(ModuleGates gates, ILogger<OutboxGuard> log)
{
    public void Look(ModuleDefinition module, Exception failure)
    {
        if (!DatabaseFailure.IsOutboxBehind(failure))
            return;
        var sentence = OutboxBehindException.SentenceFor(module.Stream);
        log.LogError("{Module} closes until that is set right: {Reason}", module.Name, sentence);
        gates.Of(module).Close(sentence);
    }

    /// <summary>Looks at every command that Entity Framework sends for a module and that fails.</summary>
    public DbCommandInterceptor For(ModuleDefinition module) => new FailedCommands(this, module);

    private sealed class FailedCommands(OutboxGuard guard, ModuleDefinition module) : DbCommandInterceptor
    {
        public override Task CommandFailedAsync(
            DbCommand command,
            CommandErrorEventData eventData,
            CancellationToken cancellationToken = default
        )
        {
            guard.Look(module, eventData.Exception);
            return Task.CompletedTask;
        }
    }
}
