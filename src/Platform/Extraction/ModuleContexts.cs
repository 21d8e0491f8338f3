using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Data;
using Platform.Modules;

namespace Platform.Extraction;

/// <summary>Opens a module's context on a database of anybody's choice, beside the one that it is configured to use.</summary>
internal static class ModuleContexts
{
    /// <summary>Opens one; the caller disposes of it.</summary>
    /// <param name="services">A scope's services, of a process that the module is in.</param>
    /// <param name="module">The module.</param>
    /// <param name="choice">Where the database is.</param>
    public static ModuleDbContext Open(
        IServiceProvider services,
        ModuleDefinition module,
        DatabaseChoice choice
    )
    {
        var context = module.DatabaseContext!;
        var options = (DbContextOptionsBuilder)
            Activator.CreateInstance(typeof(DbContextOptionsBuilder<>).MakeGenericType(context))!;
        choice.Configure(options);
        return (ModuleDbContext)ActivatorUtilities.CreateInstance(services, context, options.Options);
    }
}
