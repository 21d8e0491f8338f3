using Architecture.Tests.Codebase;
using Microsoft.EntityFrameworkCore;
using Platform.Data;

namespace Architecture.Tests;

/// <summary>A module may run on any engine, so what its model needs must be in the migrations of all of them.</summary>
public sealed class ModelsAreMigrated
{
    [Theory]
    [InlineData(DatabaseEngine.Sqlite)]
    [InlineData(DatabaseEngine.SqlServer)]
    [InlineData(DatabaseEngine.PostgreSql)]
    public void Every_model_is_what_the_migrations_make(DatabaseEngine engine)
    {
        var contexts = Contexts();
        contexts.Count.ShouldBeGreaterThan(3);
        contexts
            .Where(context => IsAhead(context, engine))
            .Select(context => context.Name)
            .ShouldBeEmpty(
                $"These lack a migration for {engine}: run 'scripts/add-migration' (see CONTRIBUTING.md)."
            );
    }

    /// <summary>One that was added for one engine alone would be a change that another engine never gets.</summary>
    [Fact]
    public void Every_engine_has_migrations_of_the_same_names()
    {
        foreach (var context in Contexts())
        {
            var names = Enum.GetValues<DatabaseEngine>().Select(engine => Names(context, engine)).ToList();
            names.ShouldAllBe(of => of == names[0], context.Name);
            names[0].ShouldNotBeEmpty(context.Name);
        }
    }

    private static List<Type> Contexts()
    {
        var landscape = Landscape.OfRepository();
        return
        [
            .. landscape.Modules.Concat(landscape.Of(ProjectKind.Host)).SelectMany(DatabaseModels.ContextsOf),
        ];
    }

    private static bool IsAhead(Type context, DatabaseEngine engine)
    {
        using var database = DatabaseModels.Open(context, engine);
        return database.Database.HasPendingModelChanges();
    }

    private static string Names(Type context, DatabaseEngine engine)
    {
        using var database = DatabaseModels.Open(context, engine);
        return string.Join(", ", database.Database.GetMigrations().Select(id => id[(id.IndexOf('_') + 1)..]));
    }
}
