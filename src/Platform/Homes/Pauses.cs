using Microsoft.Extensions.Logging;
using Platform.Modules;
using Platform.Streams;

namespace Platform.Homes;

/// <summary>
/// Stops a module and starts it again, in every process that runs it: what an operator said lies with the module's
/// data, and outlives each of them.
/// </summary>
internal sealed class Pauses(
    ModuleGates gates,
    HomeStore store,
    HomeWatch watch,
    SubscriptionRunner subscriptions,
    TimeProvider clock,
    ILogger<Pauses> logger
)
{
    public async Task SetAsync(
        ModuleDefinition module,
        bool isPaused,
        Guid @operator,
        CancellationToken cancellationToken
    )
    {
        if (module.DatabaseContext is null)
        {
            gates.Of(module).Stay(isHere: true, isPaused);
        }
        else
        {
            await store.OnAsync(
                module,
                rows => rows.PauseAsync(isPaused, EntryOf(module, isPaused, @operator), cancellationToken)
            );
            await watch.LookAsync(module, cancellationToken);
        }
        if (!isPaused)
        {
            foreach (var subscription in subscriptions.Of(module))
                subscription.Wake();
        }
        logger.LogWarning(
            "{Module} was {Act} by operator {Operator}",
            module.Name,
            isPaused ? "paused" : "resumed",
            @operator
        );
    }

    private AuditEntry EntryOf(ModuleDefinition module, bool isPaused, Guid @operator) =>
        AuditEntry.Of(
            clock.GetUtcNow(),
            @operator,
            isPaused ? "pause" : "resume",
            $"{module.Name} was {(isPaused ? "paused" : "resumed")}."
        );
}
