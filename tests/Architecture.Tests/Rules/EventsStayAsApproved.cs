using Architecture.Tests.Codebase;
using Architecture.Tests.Contracts;

namespace Architecture.Tests.Rules;

/// <summary>
/// Listeners that run elsewhere, or rows that wait in an outbox, still speak the old shape. An addition is
/// harmless once approved; anything else is a new version of the event beside the old one.
/// </summary>
internal sealed class EventsStayAsApproved : Rule<string>
{
    /// <summary>What writes down a change that breaks nobody.</summary>
    public const string Command = "scripts/write-contracts";

    public override string Guarantee => "An event keeps the shape that its listeners were promised.";

    protected override IEnumerable<Project> Scope(Landscape landscape) => landscape.Contracts;

    protected override IEnumerable<string> Select(Project project) =>
        EventContract
            .EventsOf(project)
            .Select(EventContract.AliasOf)
            .OfType<string>()
            .Union(EventFile.Of(project).Select(file => file.Alias), StringComparer.Ordinal);

    protected override IEnumerable<Violation> Judge(string subject, Project project, Landscape landscape)
    {
        var breaks = Breaks(subject, project, landscape).ToList();
        if (breaks.Count > 0)
            return breaks;
        return Stale(subject, project, landscape) is { } stale ? [stale] : [];
    }

    /// <summary>Where the code no longer keeps what listeners of an event were promised.</summary>
    public static IEnumerable<Violation> Breaks(string alias, Project project, Landscape landscape)
    {
        var before = EventFile.Of(project).FirstOrDefault(file => file.Alias == alias);
        var type = EventContract.TypeOf(project, alias);
        var listeners = Listeners.Of(landscape, alias, before?.Listeners ?? []);
        if (before is not null && type is null)
        {
            var gone = new SchemaChange("", "is gone" + Heir(before, project), Breaks: true);
            yield return Break(alias, gone, listeners);
        }
        else if (before is not null)
        {
            var now = EventFile.Now(project, type!, []);
            foreach (
                var change in SchemaComparison
                    .Of(Reading.Event, before.Schema, now.Schema)
                    .Where(change => change.Breaks)
            )
                yield return Break(alias, change, listeners);
        }
        foreach (var unknown in UnknownReads(alias, project, listeners))
            yield return unknown;
    }

    private static Violation? Stale(string alias, Project project, Landscape landscape)
    {
        if (EventContract.TypeOf(project, alias) is not { } type)
            return null;
        var before = EventFile.Of(project).FirstOrDefault(file => file.Alias == alias);
        var now = EventFile.Now(project, type, Listeners.InBuild(landscape, alias));
        if (before?.Says(now) == true)
            return null;
        var what = before is null
            ? "is new"
            : string.Join(
                "; ",
                SchemaComparison
                    .Of(Reading.Event, before.Schema, now.Schema)
                    .Select(change => $"{change.Member} {change.What}".Trim())
                    .DefaultIfEmpty("has other comments, listeners or examples")
            );
        return new Violation(
            alias,
            $"{what}, which breaks nobody; approve it by running {Command}, which writes it to {now.Name}."
        );
    }

    /// <summary>The event of another name that is like one that is gone, if there is one.</summary>
    private static string Heir(EventFile gone, Project project) =>
        EventContract
            .EventsOf(project)
            .Where(type => EventContract.AliasOf(type) is not null)
            .Select(type => EventFile.Now(project, type, []))
            .FirstOrDefault(file =>
                !File.Exists(file.Path)
                && !SchemaComparison
                    .Of(Reading.Event, gone.Schema, file.Schema)
                    .Concat(SchemaComparison.Of(Reading.Event, file.Schema, gone.Schema))
                    .Any()
            )
            is { } heir
            ? $", renamed to {heir.Alias}"
            : "";

    private static IEnumerable<Violation> UnknownReads(string alias, Project project, Listeners listeners)
    {
        if (EventContract.TypeOf(project, alias) is not { } type)
            yield break;
        var now = EventFile.Now(project, type, []);
        foreach (var listener in listeners.Outside)
        foreach (var member in listener.MembersOf(alias).Where(member => member != "*" && !now.Has(member)))
            yield return new Violation(
                $"{alias} {member}",
                $"is what {listener} says it reads, and the event has no such member; correct {Listeners.FileName}."
            );
    }

    private static Violation Break(string alias, SchemaChange change, Listeners listeners) =>
        new(
            $"{alias} {change.Member}".Trim(),
            $"{change.What}, which breaks {listeners.BrokenBy(change)}; leave it as it was and publish a new version (…v2) beside it."
        );
}
