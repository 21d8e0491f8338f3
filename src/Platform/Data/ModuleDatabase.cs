using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
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
        options.AddInterceptors(FlushBeforeQuery.Instance, services.GetRequiredService<SignalOnCommit>());
    }
}
