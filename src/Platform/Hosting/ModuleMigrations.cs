using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Data;
using Platform.Homes;
using Platform.Modules;

namespace Platform.Hosting;

/// <summary>Brings the modules' databases to the schema this build expects, or checks that they have it.</summary>
internal sealed class ModuleMigrations(
    ModuleCatalog modules,
    ModuleDatabases databases,
    IServiceScopeFactory scopes,
    ILogger<ModuleMigrations> log
)
{
    /// <summary>Applies what is pending of every module, and sets right what else is to be.</summary>
    /// <exception cref="MigrationFailedException">It did not work, for a reason that somebody can mend.</exception>
    public async Task ApplyAllAsync(CancellationToken cancellationToken)
    {
        foreach (var module in modules.Modules.Where(module => module.DatabaseContext is not null))
        {
            await MigrationFailedException.TellAsync(
                databases.Of(module),
                async () =>
                {
                    await ApplyAsync(module, cancellationToken);
                    await InspectAsync(module, cancellationToken);
                }
            );
        }
    }

    /// <summary>The modules whose databases lag behind this build.</summary>
    /// <exception cref="MigrationFailedException">A database cannot be looked at.</exception>
    public async Task<IReadOnlyList<string>> PendingAsync(CancellationToken cancellationToken)
    {
        var behind = new List<string>();
        foreach (var module in modules.Modules.Where(module => module.DatabaseContext is not null))
        {
            await MigrationFailedException.TellAsync(
                databases.Of(module),
                async () =>
                {
                    if ((await MissingAsync(module, cancellationToken)).Count > 0)
                        behind.Add(module.Name);
                }
            );
        }
        return behind;
    }

    /// <summary>Looks at what must be right besides the tables.</summary>
    public async Task InspectAsync(ModuleDefinition module, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = Context(scope, module).Database;
        await DatabaseEngines.Of(database).InspectAsync(database, module.Stream, log, cancellationToken);
    }

    /// <summary>Applies what is pending, and has the fence of a module that has moved keep up with it.</summary>
    public async Task ApplyAsync(ModuleDefinition module, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = Context(scope, module);
        await DatabaseMigration.ApplyAsync(context, module.Stream, cancellationToken);
        await new HomeRows(context).ExtendFenceAsync(cancellationToken);
    }

    /// <summary>Checks that nothing is left to apply.</summary>
    /// <exception cref="InvalidOperationException">The database lags behind this build.</exception>
    public async Task VerifyAsync(ModuleDefinition module, CancellationToken cancellationToken)
    {
        if (await MissingAsync(module, cancellationToken) is { Count: > 0 } missing)
        {
            throw new InvalidOperationException(
                $"The database of {module.Name} lacks the migrations {string.Join(", ", missing)}: "
                    + "apply them with 'dotnet run --project src/Host -- migrate', or set Database:Migrate to true."
            );
        }
    }

    private async Task<IReadOnlyList<string>> MissingAsync(
        ModuleDefinition module,
        CancellationToken cancellationToken
    )
    {
        await using var scope = scopes.CreateAsyncScope();
        return [.. await Context(scope, module).Database.GetPendingMigrationsAsync(cancellationToken)];
    }

    private static ModuleDbContext Context(AsyncServiceScope scope, ModuleDefinition module) =>
        (ModuleDbContext)scope.ServiceProvider.GetRequiredService(module.DatabaseContext!);
}
