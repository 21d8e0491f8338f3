using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Architecture.Tests.Codebase;

/// <summary>A type that code uses, and where.</summary>
internal sealed record TypeUse(TypeReference Type, string Place)
{
    /// <summary>The assembly that defines the type.</summary>
    public string Assembly => Type.Scope is ModuleDefinition own ? own.Assembly.Name.Name : Type.Scope.Name;

    public string Space
    {
        get
        {
            var type = Type;
            while (type.DeclaringType is not null)
                type = type.DeclaringType;
            return type.Namespace;
        }
    }

    public bool IsIn(string space) =>
        Space == space || Space.StartsWith(space + ".", StringComparison.Ordinal);
}

/// <summary>
/// Finds every type that a type uses: in signatures, attributes and bodies, those of its lambdas and async
/// methods included, which libraries that skip what the compiler made up do not see.
/// </summary>
internal static class TypeUses
{
    public static IEnumerable<TypeUse> Of(TypeDefinition type) =>
        Raw(type)
            .SelectMany(use => Parts(use.Type).Select(part => new TypeUse(part, use.Place)))
            .DistinctBy(use => (use.Type.FullName, use.Place));

    private static IEnumerable<(TypeReference? Type, string Place)> Raw(TypeDefinition type)
    {
        var place = type.Place();
        yield return (type.BaseType, place);
        foreach (var use in type.Interfaces.Select(implementation => implementation.InterfaceType))
            yield return (use, place);
        foreach (var use in Attributes(type).Concat(Generics(type)))
            yield return (use, place);
        foreach (var field in type.Fields)
        foreach (var use in Attributes(field).Append(field.FieldType))
            yield return (use, place);
        foreach (var property in type.Properties)
        foreach (var use in Attributes(property))
            yield return (use, place);
        foreach (var method in type.Methods)
        foreach (var use in Signature(method).Concat(Body(method)))
            yield return (use, method.Place());
        foreach (var use in type.NestedTypes.SelectMany(Raw))
            yield return use;
    }

    private static IEnumerable<TypeReference?> Signature(MethodDefinition method) =>
        Attributes(method)
            .Concat(Generics(method))
            .Append(method.ReturnType)
            .Concat(
                method.Parameters.SelectMany(parameter =>
                    Attributes(parameter).Append(parameter.ParameterType)
                )
            );

    private static IEnumerable<TypeReference?> Body(MethodDefinition method)
    {
        if (!method.HasBody)
            return [];
        return method
            .Body.Instructions.SelectMany(Operand)
            .Concat(method.Body.Variables.Select(variable => variable.VariableType))
            .Concat(method.Body.ExceptionHandlers.Select(handler => handler.CatchType));
    }

    private static IEnumerable<TypeReference?> Operand(Instruction instruction) =>
        instruction.Operand switch
        {
            TypeReference type => [type],
            FieldReference field => [field.DeclaringType, field.FieldType],
            MethodReference method =>
            [
                method.DeclaringType,
                method.ReturnType,
                .. method.Parameters.Select(parameter => parameter.ParameterType),
                .. (method as GenericInstanceMethod)?.GenericArguments ?? [],
            ],
            _ => [],
        };

    private static IEnumerable<TypeReference?> Generics(IGenericParameterProvider provider) =>
        provider.GenericParameters.SelectMany(parameter =>
            parameter.Constraints.Select(constraint => constraint.ConstraintType)
        );

    private static IEnumerable<TypeReference?> Attributes(ICustomAttributeProvider provider) =>
        provider.CustomAttributes.SelectMany(attribute =>
            attribute
                .ConstructorArguments.Concat(attribute.Properties.Select(property => property.Argument))
                .SelectMany(Argument)
                .Append(attribute.AttributeType)
        );

    private static IEnumerable<TypeReference?> Argument(CustomAttributeArgument argument) =>
        argument.Value switch
        {
            TypeReference type => [argument.Type, type],
            CustomAttributeArgument boxed => Argument(boxed),
            CustomAttributeArgument[] many => many.SelectMany(Argument),
            _ => [argument.Type],
        };

    /// <summary>Takes generic, array and by-reference types apart.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference? type) =>
        type switch
        {
            null or GenericParameter => [],
            GenericInstanceType generic => generic
                .GenericArguments.SelectMany(Parts)
                .Append(generic.ElementType),
            IModifierType modified => Parts(modified.ElementType).Concat(Parts(modified.ModifierType)),
            FunctionPointerType pointer => Parts(pointer.ReturnType),
            TypeSpecification specification => Parts(specification.ElementType),
            _ => [type],
        };
}
