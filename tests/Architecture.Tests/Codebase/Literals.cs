using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Architecture.Tests.Codebase;

/// <summary>A text that stands in the code.</summary>
internal sealed record Literal(string Text, string Place)
{
    /// <summary>Whether it stands in a migration, where a schema's name stands alone as an argument.</summary>
    public bool IsInMigration { get; init; }
}

/// <summary>
/// Finds the texts of a project wherever the compiler put them: in bodies (interpolated pieces and
/// <c>nameof</c> are there too), in constants nobody uses yet, in default values and in attributes.
/// </summary>
internal static class Literals
{
    public static IEnumerable<Literal> Of(Project project) =>
        project
            .AllTypes.SelectMany(type =>
                Bodies(type)
                    .Concat(Constants(type))
                    .Concat(type.Members().SelectMany(member => Attributes(member, type.Place())))
            )
            .Concat(Attributes(project.Compiled.Assembly, project.Name))
            .Where(literal => literal.Text.Length > 0)
            .Distinct();

    /// <summary>
    /// The texts of each body glued together in order, so that a statement is seen whole that was put together
    /// from pieces.
    /// </summary>
    public static IEnumerable<Literal> GluedIn(Project project) =>
        project
            .Bodies.Select(method => new Literal(string.Concat(In(method)), method.Place()))
            .Where(literal => literal.Text.Length > 0);

    public static IEnumerable<Literal> InMigrations(Project project) =>
        project
            .AllTypes.Where(type => type.Author().IsMigration())
            .SelectMany(Bodies)
            .Select(literal => literal with { IsInMigration = true });

    private static IEnumerable<Literal> Bodies(TypeDefinition type) =>
        type
            .Methods.Where(method => method.HasBody)
            .SelectMany(method => In(method).Select(text => new Literal(text, method.Place())));

    private static IEnumerable<string> In(MethodDefinition method) =>
        method
            .Body.Instructions.Where(instruction => instruction.OpCode == OpCodes.Ldstr)
            .Select(instruction => (string)instruction.Operand);

    private static IEnumerable<Literal> Constants(TypeDefinition type) =>
        type
            .Fields.Where(field => field.HasConstant)
            .Select(field => (field.Constant, Place: $"{type.Place()}.{field.Name}"))
            .Concat(
                type.Methods.SelectMany(method =>
                    method
                        .Parameters.Where(parameter => parameter.HasConstant)
                        .Select(parameter => (parameter.Constant, Place: method.Place()))
                )
            )
            .Where(constant => constant.Constant is string)
            .Select(constant => new Literal((string)constant.Constant, constant.Place));

    private static IEnumerable<ICustomAttributeProvider> Members(this TypeDefinition type) =>
        [
            type,
            .. type.Fields,
            .. type.Properties,
            .. type.Events,
            .. type.Methods,
            .. type.Methods.SelectMany(method => method.Parameters),
            .. type.Methods.Select(method => method.MethodReturnType),
        ];

    private static IEnumerable<Literal> Attributes(ICustomAttributeProvider member, string place) =>
        member
            .CustomAttributes.SelectMany(attribute =>
                attribute
                    .ConstructorArguments.Concat(attribute.Properties.Select(property => property.Argument))
                    .Concat(attribute.Fields.Select(field => field.Argument))
            )
            .SelectMany(Texts)
            .Select(text => new Literal(text, place));

    private static IEnumerable<string> Texts(CustomAttributeArgument argument) =>
        argument.Value switch
        {
            string text => [text],
            CustomAttributeArgument boxed => Texts(boxed),
            CustomAttributeArgument[] many => many.SelectMany(Texts),
            _ => [],
        };
}
