using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Brokers;
using Platform.Data;
using Platform.Modules;
using Platform.Streams;

namespace Platform.Homes;

/// <summary>What publishers here know of how far a module has come that is about to follow them from elsewhere.</summary>
internal sealed class FollowerPlaces(ModuleCatalog modules, ModuleGates gates, IServiceScopeFactory scopes)
{
    /// <summary>
    /// Sets what publishers here know of the module as a follower to where it is: what is left of an earlier move is
    /// old, and would have events sent again or trimmed too soon.
    /// </summary>
    public async Task SetAsync(ModuleDefinition module, CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = (ModuleDbContext)scope.ServiceProvider.GetRequiredService(module.DatabaseContext!);
        var followed = module.FollowedStreams.ToList();
        var cursors = await context
            .Cursors.AsNoTracking()
            .Where(row => followed.Contains(row.Stream))
            .ToListAsync(stopping);
        foreach (var cursor in cursors)
        {
            if (modules.Find(cursor.Stream) is not { DatabaseContext: not null } publisher)
                continue;
            if (gates.Of(publisher).IsOpen)
                await new RelayLedger(publisher, scopes).NoteAsync(module.Stream, cursor.Position, stopping);
        }
    }
}
