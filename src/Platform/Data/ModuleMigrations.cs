using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Modules;

namespace Platform.Data;

/// <summary>Brings the modules' databases to the schema this build expects, or checks that they have it.</summary>
internal sealed class ModuleMigrations(ModuleCatalog modules, IServiceScopeFactory scopes)
{
    public async Task ApplyAllAsync(CancellationToken cancellationToken)
    {
        foreach (var module in modules.Modules.Where(module => module.DatabaseContext is not null))
            await ApplyAsync(module, cancellationToken);
    }

    public async Task ApplyAsync(ModuleDefinition module, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        await DatabaseMigration.ApplyAsync(Context(scope, module), module.Stream, cancellationToken);
    }

    /// <summary>Checks that nothing is left to apply.</summary>
    /// <exception cref="InvalidOperationException">The database lags behind this build.</exception>
    public async Task VerifyAsync(ModuleDefinition module, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var pending = await Context(scope, module).Database.GetPendingMigrationsAsync(cancellationToken);
        if (pending.ToList() is { Count: > 0 } missing)
        {
            throw new InvalidOperationException(
                $"The database of {module.Name} lacks the migrations {string.Join(", ", missing)}: "
                    + "apply them with 'dotnet run --project src/Host -- migrate', or set Database:Migrate to true."
            );
        }
    }

    private static DbContext Context(AsyncServiceScope scope, ModuleDefinition module) =>
        (DbContext)scope.ServiceProvider.GetRequiredService(module.DatabaseContext!);
}
