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
        options.ConfigureWarnings(QuietAboutWhatIsExpected);
        options.AddInterceptors(
            FlushBeforeQuery.Instance,
            new CommandTimer(module.Name),
            services.GetRequiredService<SignalOnCommit>()
        );
    }

    /// <summary>
    /// Lost races and a database out of reach are answered, retried and reported where they are understood; as
    /// errors of the data layer they would only drown what matters.
    /// </summary>
    private static void QuietAboutWhatIsExpected(WarningsConfigurationBuilder warnings) =>
        warnings.Log(
            (CoreEventId.SaveChangesFailed, LogLevel.Debug),
            (CoreEventId.OptimisticConcurrencyException, LogLevel.Debug),
            (CoreEventId.QueryIterationFailed, LogLevel.Debug),
            (RelationalEventId.CommandError, LogLevel.Debug),
            (RelationalEventId.ConnectionError, LogLevel.Debug)
        );
}
