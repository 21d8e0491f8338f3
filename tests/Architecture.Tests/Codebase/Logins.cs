namespace Architecture.Tests.Codebase;

/// <summary>Whether the scripts in <c>deploy</c> give every module a login and a schema of its own.</summary>
internal static class Logins
{
    private static readonly string[] Scripts =
    [
        "deploy/postgresql/logins.sql",
        "deploy/sqlserver/logins.sql",
        "deploy/sqlserver/schemas.sql",
    ];

    public static Violations Of(Landscape landscape) =>
        Of(
            landscape,
            Scripts.ToDictionary(
                script => script,
                script => File.ReadAllText(Path.Combine(Repository.Root, script)),
                StringComparer.Ordinal
            )
        );

    public static Violations Of(Landscape landscape, IReadOnlyDictionary<string, string> scripts) =>
        Violations.Of(
            from module in landscape.ModuleNames
            let login = $"monolith_{module.ToLowerInvariant()}"
            from script in scripts
            where !script.Value.Contains($"'{login}'", StringComparison.Ordinal)
            select new Violation(
                module,
                $"has no login in {script.Key}: add '{login}' there, as the other modules have theirs."
            )
        );
}
