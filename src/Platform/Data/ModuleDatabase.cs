using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Platform.Modules;

namespace Platform.Data;

/// <summary>Gives a module's context the engine that configuration names for it.</summary>
internal static class ModuleDatabase
{
    public static void Configure(
        IServiceProvider services,
        DbContextOptionsBuilder options,
        ModuleDefinition module
    )
    {
        var database = services.GetRequiredService<IOptions<DatabaseOptions>>().Value;
        Directory.CreateDirectory(database.Directory);
        SqliteEngine.Configure(options, Path.Combine(database.Directory, $"{module.Stream}.db"));
        options.ConfigureWarnings(QuietAboutWhatIsExpected);
        options.AddInterceptors(FlushBeforeQuery.Instance, services.GetRequiredService<SignalOnCommit>());
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
