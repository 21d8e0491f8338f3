using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Platform.Data;

/// <summary>
/// Of a context's migrations, those of the engine it runs on. One assembly holds the migrations of all engines, each
/// in a namespace that ends with the engine's name; Entity Framework by itself would take them for one series.
/// </summary>
internal sealed class EngineMigrations : IMigrationsAssembly
{
    private readonly IMigrationsIdGenerator _ids;

    public EngineMigrations(ICurrentDbContext current, IMigrationsIdGenerator ids)
    {
        _ids = ids;
        var context = current.Context.GetType();
        var ending = $".Migrations.{DatabaseEngines.Of(current.Context.Database).Name}";
        Assembly = context.Assembly;
        var types = Assembly
            .DefinedTypes.Where(type =>
                type.GetCustomAttribute<DbContextAttribute>()?.ContextType == context
                && type.Namespace?.EndsWith(ending, StringComparison.Ordinal) == true
            )
            .ToList();
        Migrations = new SortedList<string, TypeInfo>(
            types
                .Where(type => type.IsSubclassOf(typeof(Migration)))
                .ToDictionary(type => type.GetCustomAttribute<MigrationAttribute>()!.Id),
            StringComparer.OrdinalIgnoreCase
        );
        var snapshot = types.SingleOrDefault(type => type.IsSubclassOf(typeof(ModelSnapshot)));
        ModelSnapshot = snapshot is null ? null : (ModelSnapshot)Activator.CreateInstance(snapshot)!;
    }

    public IReadOnlyDictionary<string, TypeInfo> Migrations { get; }

    public ModelSnapshot? ModelSnapshot { get; }

    public Assembly Assembly { get; }

    public string? FindMigrationId(string nameOrId) =>
        Migrations.Keys.FirstOrDefault(id =>
            string.Equals(
                _ids.IsValidId(nameOrId) ? id : _ids.GetName(id),
                nameOrId,
                StringComparison.OrdinalIgnoreCase
            )
        );

    public Migration CreateMigration(TypeInfo migrationClass, string activeProvider)
    {
        var migration = (Migration)Activator.CreateInstance(migrationClass)!;
        migration.ActiveProvider = activeProvider;
        return migration;
    }
}
