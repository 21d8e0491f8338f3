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

    /// <summary>
    /// A schema stands where a table does; an alias, a sentence or an address has a dot after it elsewhere. At the end
    /// of a text the table's name may follow in another piece.
    /// </summary>
    private static bool Names(Literal literal, string schema)
    {
        var text = Alias().Replace(literal.Text, "");
        return IsStatement(text)
            && Regex.IsMatch(
                text,
                $"""{WhereATableStands}["\[`]?{schema}["\]`]?\.(["\[`]?[A-Za-z_]|$)""",
                RegexOptions.IgnoreCase,
                TimeSpan.FromSeconds(1)
            );
    }

    private static bool StandsInSql(Literal literal, Project project) =>
        Literals.InMigrations(project).Contains(literal)
        || Literals
            .ByAuthor(project)
            .Any(texts => texts.Contains(literal) && texts.Any(text => Beginning().IsMatch(text.Text)));

    private const string WhereATableStands =
        @"(?<![\w@/:.-])(from|join|into|update|table|view|references|exec|execute|call|copy|attach|index\s[^;]*\son)\s+((only|(if\s+(not\s+)?exists))\s+|[^;()]*,\s*)?";

    private const string Keywords =
        @"\b(select\s.*\bfrom|insert\s+into|update\s+\S+(\s+\w+)*\s+set|delete\s+from|merge\s+into|truncate\s+table|(create|alter|drop)\s+(table|view|index|schema|sequence))\b"
        + @"|^\s*(from|join|update|exec|execute|call|copy|attach)\s";

    /// <summary>Keywords are written small throughout, or large; a sentence begins large and goes on small.</summary>
    [GeneratedRegex(Keywords, RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex InSmallLetters();

    private static bool IsStatement(string text) =>
        InSmallLetters().IsMatch(text) || InSmallLetters().IsMatch(OnlyLarge().Replace(text, Lower));

    private static string Lower(Match word) => word.Value.ToLowerInvariant();

    [GeneratedRegex(@"\b[A-Z]+\b", RegexOptions.None, 1000)]
    private static partial Regex OnlyLarge();

    [GeneratedRegex(
        @"^\s*(select\s.*\sfrom|insert\s+into|update|delete\s+from|merge\s+into|truncate\s+table|(create|alter|drop)\s+\w+|from|join)\s+$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        1000
    )]
    private static partial Regex Beginning();

    [GeneratedRegex(@"\b[a-z]+\.[a-z-]+\.v\d+\b", RegexOptions.None, 1000)]
    private static partial Regex Alias();
}
