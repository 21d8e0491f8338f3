namespace Architecture.Tests.Codebase;

/// <summary>One guarantee of the architecture.</summary>
internal interface IRule
{
    string Guarantee { get; }

    Violations Check(Landscape landscape);
}

/// <summary>
/// Judges subjects one by one and refuses to pass by finding none: a rule that selects nothing, for a mistyped
/// name or a moved folder, holds whatever the code does.
/// </summary>
internal abstract class Rule<TSubject> : IRule
{
    public abstract string Guarantee { get; }

    public Violations Check(Landscape landscape)
    {
        var projects = Scope(landscape).ToList();
        var found = projects.SelectMany(project => Judge(project, landscape)).ToList();
        if (!projects.Exists(project => Select(project).Any()))
            found.Add(
                new Violation(
                    GetType().Name,
                    "selects nothing at all, so it proves nothing: correct the rule."
                )
            );
        return Violations.Of(
            found.Select(violation => violation with { Rule = $"{Guarantee} ({GetType().Name})" })
        );
    }

    /// <summary>The projects the rule is about.</summary>
    protected abstract IEnumerable<Project> Scope(Landscape landscape);

    protected abstract IEnumerable<TSubject> Select(Project project);

    /// <summary>Whether the rule must find something in this project.</summary>
    protected virtual bool Expects(Project project) => true;

    protected abstract IEnumerable<Violation> Judge(TSubject subject, Project project, Landscape landscape);

    private IEnumerable<Violation> Judge(Project project, Landscape landscape)
    {
        var subjects = Select(project).ToList();
        return subjects.Count == 0 && Expects(project)
            ? [new Violation(project.Name, $"{GetType().Name} selects nothing here, so it proves nothing.")]
            : subjects.SelectMany(subject => Judge(subject, project, landscape));
    }
}
