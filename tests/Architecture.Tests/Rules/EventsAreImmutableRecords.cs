using System.Runtime.CompilerServices;
using Architecture.Tests.Codebase;

namespace Architecture.Tests.Rules;

/// <summary>What happened does not change, and it reads the same in every process.</summary>
internal sealed class EventsAreImmutableRecords : Rule<Type>
{
    private static readonly Type[] Plain =
    [
        typeof(string),
        typeof(decimal),
        typeof(Guid),
        typeof(DateTimeOffset),
        typeof(DateOnly),
        typeof(TimeOnly),
        typeof(TimeSpan),
    ];

    private static readonly Type[] Collections =
    [
        typeof(IReadOnlyList<>),
        typeof(IReadOnlyCollection<>),
        typeof(IReadOnlyDictionary<,>),
        typeof(Nullable<>),
    ];

    public override string Guarantee => "An event is a sealed record whose members never change.";

    protected override IEnumerable<Project> Scope(Landscape landscape) => landscape.Contracts;

    protected override IEnumerable<Type> Select(Project project) => project.Loaded.GetExportedTypes();

    protected override IEnumerable<Violation> Judge(Type subject, Project project, Landscape landscape)
    {
        var place = subject.FullName!;
        if (!subject.IsSealed || !project.Compiled.GetType(place.Replace('+', '/')).IsRecord())
            yield return new Violation(place, "is no sealed record.");
        foreach (var property in subject.GetProperties())
        {
            if (
                property.SetMethod is { } set
                && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit))
            )
                yield return new Violation(
                    place,
                    $"lets {property.Name} be set after the fact; use init or none."
                );
            if (!IsPlain(property.PropertyType, project))
                yield return new Violation(
                    place,
                    $"has {property.Name} of type {property.PropertyType.Name}, which can change or does not travel."
                );
        }
        foreach (var field in subject.GetFields().Where(field => !field.IsLiteral && !field.IsInitOnly))
            yield return new Violation(place, $"has field {field.Name}, which can change.");
        if (!EventContract.IsEvent(subject) && !EventContract.PartsOf(project).Contains(subject))
            yield return new Violation(place, "is neither an event, for it has no Alias, nor part of one.");
    }

    private static bool IsPlain(Type type, Project project) =>
        type.IsPrimitive
        || Plain.Contains(type)
        || type.Assembly == project.Loaded
        || type.IsGenericType
            && Collections.Contains(type.GetGenericTypeDefinition())
            && type.GetGenericArguments().All(argument => IsPlain(argument, project));
}
