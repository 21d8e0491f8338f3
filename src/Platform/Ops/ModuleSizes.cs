using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Data;
using Platform.Extraction;
using Platform.Homes;
using Platform.Modules;

namespace Platform.Ops;

/// <summary>How much a module keeps and says, as an operator sees it; null where its database cannot be reached.</summary>
/// <param name="Module">Which.</param>
/// <param name="Rows">Rows of all its tables.</param>
/// <param name="EventsInLastHour">How many events it said in the last hour, of those that its outbox still holds.</param>
internal sealed record ModuleSizeView(string Module, long? Rows, int? EventsInLastHour);

/// <summary>Counts what the modules here keep. That takes as long as there are rows, so it is done when asked for.</summary>
internal sealed class ModuleSizes(ModuleHomes homes, IServiceScopeFactory scopes, TimeProvider clock)
{
    private static readonly TimeSpan Lately = TimeSpan.FromHours(1);

    public async Task<IReadOnlyList<ModuleSizeView>> ReadAsync(CancellationToken cancellationToken)
    {
        var sizes = new List<ModuleSizeView>();
        foreach (var module in homes.RunningHere.Where(module => module.DatabaseContext is not null))
            sizes.Add(await ReadAsync(module, cancellationToken));
        return sizes;
    }

    private async Task<ModuleSizeView> ReadAsync(ModuleDefinition module, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = (ModuleDbContext)scope.ServiceProvider.GetRequiredService(module.DatabaseContext!);
        var since = clock.GetUtcNow() - Lately;
        try
        {
            return new ModuleSizeView(
                module.Name,
                await TableRows.CountAllAsync(context, cancellationToken),
                await context.Outbox.CountAsync(row => row.OccurredAt >= since, cancellationToken)
            );
        }
        catch (Exception away) when (DatabaseFailure.IsUnreachable(away))
        {
            return new ModuleSizeView(module.Name, null, null);
        }
    }
}
