using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Architecture.Tests.Codebase;

/// <summary>A text that stands in the code.</summary>
internal sealed record Literal(string Text, string Place);

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
                    .Concat(type.Members().SelectMany(member => Attributes(member.Member, member.Place)))
            )
            .Concat(Attributes(project.Compiled.Assembly, project.Name))
            .Where(literal => literal.Text.Length > 0)
            .Distinct();

    /// <summary>
    /// The texts of each written type, those of its lambdas and async methods included, so that a statement is
    /// seen that is put together from pieces.
    /// </summary>
    public static IEnumerable<IReadOnlyList<Literal>> ByAuthor(Project project) =>
        project
            .AllTypes.GroupBy(type => type.Place(), StringComparer.Ordinal)
            .Select(type => type.SelectMany(part => Bodies(part).Concat(Constants(part))).ToList());

    /// <summary>The texts of migrations, where a schema's name stands alone as an argument.</summary>
    public static IEnumerable<Literal> InMigrations(Project project) =>
        project.AllTypes.Where(type => type.Author().IsMigration()).SelectMany(Bodies);

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

    private static IEnumerable<(ICustomAttributeProvider Member, string Place)> Members(
        this TypeDefinition type
    ) =>
        [
            (type, type.Place()),
            .. type.Fields.Select(field => (field, $"{type.Place()}.{field.Name}")),
            .. type.Properties.Select(property => (property, $"{type.Place()}.{property.Name}")),
            .. type.Events.Select(@event => (@event, $"{type.Place()}.{@event.Name}")),
            .. type.Methods.Select(method => (method, method.Place())),
            .. type.Methods.Select(method => (method.MethodReturnType, method.Place())),
            .. type.Methods.SelectMany(method =>
                method.Parameters.Select(parameter => (parameter, method.Place()))
            ),
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
