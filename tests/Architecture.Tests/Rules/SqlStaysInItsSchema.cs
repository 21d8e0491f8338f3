using System.Text.RegularExpressions;
using Architecture.Tests.Codebase;

namespace Architecture.Tests.Rules;

/// <summary>
/// Reads every text of a module, wherever the compiler put it, and takes a schema's bare name beside a piece of
/// SQL for the other piece of it. Event aliases, such as <c>riders.delivery-completed.v1</c>, are no tables.
/// </summary>
internal sealed partial class SqlStaysInItsSchema : Rule<Literal>
{
    public override string Guarantee => "No SQL text of a module names another module's schema.";

    protected override IEnumerable<Project> Scope(Landscape landscape) => landscape.Modules;

    protected override IEnumerable<Literal> Select(Project project) => Literals.Of(project);

    protected override IEnumerable<Violation> Judge(Literal subject, Project project, Landscape landscape) =>
        landscape
            .NamesOfOthers(project)
            .Select(other => other.ToLowerInvariant())
            .Where(schema =>
                Names(subject, schema) || subject.Text == schema && StandsInSql(subject, project)
            )
            .Select(schema => new Violation(
                subject.Place,
                $"names schema '{schema}' in SQL; listen to its events and keep what you need."
            ));

    private static bool Names(Literal literal, string schema) =>
        Statement().IsMatch(literal.Text)
        && Regex.IsMatch(
            Alias().Replace(literal.Text, ""),
            $"""(?<![\w.@-])["\[`]?{schema}["\]`]?\.(["\[`]?[A-Za-z_]|$)""",
            RegexOptions.IgnoreCase,
            TimeSpan.FromSeconds(1)
        );

    private static bool StandsInSql(Literal literal, Project project) =>
        Literals.InMigrations(project).Contains(literal)
        || Literals
            .ByAuthor(project)
            .Any(texts => texts.Contains(literal) && texts.Any(text => Beginning().IsMatch(text.Text)));

    [GeneratedRegex(
        @"\b(select|insert|update|delete|merge|from|join|into|truncate|create|alter|drop|attach|exec|execute|call|copy|references)\s",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Statement();

    [GeneratedRegex(
        @"^\s*(select\s.*\sfrom|insert\s+into|update|delete\s+from|merge\s+into|truncate\s+table|(create|alter|drop)\s+\w+|from|join)\s+$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        1000
    )]
    private static partial Regex Beginning();

    [GeneratedRegex(@"\b[a-z]+\.[a-z-]+\.v\d+\b", RegexOptions.None, 1000)]
    private static partial Regex Alias();
}
