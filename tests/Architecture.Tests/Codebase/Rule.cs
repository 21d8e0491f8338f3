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
        if (!projects.Exists(Selects))
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

    /// <summary>Whether the rule must find something in this project; in one without a type there may be nothing.</summary>
    protected virtual bool Expects(Project project) => project.Sources.Any(source => source.DeclaresTypes);

    protected abstract IEnumerable<Violation> Judge(TSubject subject, Project project, Landscape landscape);

    /// <summary>What breaks the rule itself breaks no other: it is a finding like any, in the project it is about.</summary>
    private List<Violation> Judge(Project project, Landscape landscape)
    {
        try
        {
            var subjects = Select(project).ToList();
            return subjects.Count == 0 && Expects(project)
                ?
                [
                    new Violation(
                        project.Name,
                        $"has sources that this rule is about, but {GetType().Name} finds nothing in them. Nothing is "
                            + "known to be wrong with the module; see whether the rule still looks in the right place."
                    ),
                ]
                : [.. subjects.SelectMany(subject => Judge(subject, project, landscape))];
        }
        catch (Exception failure)
        {
            return
            [
                new Violation(
                    project.Name,
                    $"cannot be judged by this rule until this is put right: {failure.GetBaseException().Message}"
                ),
            ];
        }
    }

    private bool Selects(Project project)
    {
        try
        {
            return Select(project).Any();
        }
        catch (Exception)
        {
            // Judging the project has told of it.
            return true;
        }
    }
}
