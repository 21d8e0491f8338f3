using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Modules;

namespace Platform.Data;

/// <summary>Where each module of this process keeps its data, by module name.</summary>
internal sealed class ModuleDatabases(IReadOnlyDictionary<string, DatabaseChoice> choices)
{
    public DatabaseChoice Of(ModuleDefinition module) => choices[module.Name];
}

/// <summary>Gives a module's context the engine that configuration names for it.</summary>
internal static class ModuleDatabase
{
    public static void Configure(
        IServiceProvider services,
        DbContextOptionsBuilder options,
        ModuleDefinition module
    )
    {
        services.GetRequiredService<ModuleDatabases>().Of(module).Configure(options);
        // A lost race is answered or run again where it is understood.
        options.ConfigureWarnings(warnings =>
            warnings.Log((CoreEventId.OptimisticConcurrencyException, LogLevel.Debug))
        );
        options.AddInterceptors(
            FlushBeforeQuery.Instance,
            new CommandTimer(module.Name),
            services.GetRequiredService<OutboxGuard>().For(module),
            services.GetRequiredService<HandOnAtCommit>()
        );
    }
}
