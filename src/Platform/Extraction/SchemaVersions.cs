using Microsoft.EntityFrameworkCore;

namespace Platform.Extraction;

/// <summary>
/// Holds two databases of a schema, and this build, against each other by the names of their migrations; each engine
/// has them at other dates.
/// </summary>
internal static class SchemaVersions
{
    /// <summary>Holds them against each other.</summary>
    /// <exception cref="CopyRefusedException">One has had a migration that another has not.</exception>
    public static async Task RefuseUnlessEqualAsync(
        DbContext source,
        DbContext target,
        CancellationToken cancellationToken
    )
    {
        var known = NamesOf(source.Database.GetMigrations());
        if (known.Count == 0)
            return; // A schema that is made without any.
        var had = NamesOf(await source.Database.GetAppliedMigrationsAsync(cancellationToken));
        var has = NamesOf(await target.Database.GetAppliedMigrationsAsync(cancellationToken));
        Refuse(
            had.Union(has).Except(known),
            "This build does not know the migrations {0}: use the build that the databases are of."
        );
        Refuse(
            has.Except(had),
            "The source lacks the migrations {0} that the target has: upgrade the source and migrate it first."
        );
        Refuse(
            had.Except(has),
            "The target lacks the migrations {0} that the source has: run the command 'migrate' on it first, of the source's build."
        );
        Refuse(
            known.Except(had),
            "Source and target lack the migrations {0}: run the command 'migrate' on both first."
        );
    }

    private static void Refuse(IEnumerable<string> migrations, string sentence)
    {
        var names = string.Join(", ", migrations);
        if (names.Length > 0)
            throw new CopyRefusedException(sentence.Replace("{0}", names, StringComparison.Ordinal));
    }

    private static HashSet<string> NamesOf(IEnumerable<string> migrations) =>
        migrations
            .Select(id => id[(id.IndexOf('_', StringComparison.Ordinal) + 1)..])
            .ToHashSet(StringComparer.Ordinal);
}
