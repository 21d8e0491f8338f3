using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Architecture.Tests.Codebase;

/// <summary>What rules ask of compiled code, in their words.</summary>
internal static class CompiledCode
{
    extension(TypeDefinition type)
    {
        public bool IsMadeByTheCompiler() =>
            type.Name.Contains('<', StringComparison.Ordinal)
            || type.CustomAttributes.Any(attribute =>
                attribute.AttributeType.Name
                    is "CompilerGeneratedAttribute"
                        or "EmbeddedAttribute"
                        or "GeneratedCodeAttribute"
            )
            || type.DeclaringType?.IsMadeByTheCompiler() == true;

        public bool IsIn(string space) =>
            type.Space() == space || type.Space().StartsWith(space + ".", StringComparison.Ordinal);

        public string Space() => type.DeclaringType?.Space() ?? type.Namespace;

        public bool IsRecord() =>
            type.Methods.Any(method => method.Name is "<Clone>$")
            || type.IsValueType && type.Methods.Any(method => method.Name is "PrintMembers");

        public bool IsMigration() =>
            type.Space().Contains(".Data.Migrations", StringComparison.Ordinal)
            && type.BaseType?.Name is "Migration" or "ModelSnapshot";

        /// <summary>A component that Razor compiled, public and open to derivation whatever its author thinks.</summary>
        public bool IsPageOf(Project project) =>
            type.IsIn($"{project.Name}.Pages") && type.Inherits(PlatformTypes.Page);

        /// <summary>Whether the type implements an interface of this full name, itself or by inheritance.</summary>
        public bool Implements(string contract) =>
            type.Ancestry()
                .SelectMany(ancestor => ancestor.Interfaces)
                .Select(implementation => implementation.InterfaceType)
                .Any(candidate =>
                    candidate.GetElementType().FullName == contract
                    || candidate.Resolve()?.Implements(contract) == true
                );

        public bool Inherits(string ancestor) =>
            type.Ancestry().Skip(1).Any(link => link.FullName == ancestor);

        /// <summary>The type and what it derives from, nearest first.</summary>
        public IEnumerable<TypeDefinition> Ancestry()
        {
            for (var link = type; link is not null; link = link.BaseType?.Resolve())
                yield return link;
        }

        /// <summary>The written type that the code belongs to; lambdas and state machines belong to their author.</summary>
        public TypeDefinition Author()
        {
            var author = type;
            while (author.DeclaringType is not null && author.IsMadeByTheCompiler())
                author = author.DeclaringType;
            return author;
        }

        public string Place() => type.Author().FullName.Replace('/', '.');
    }

    extension(MethodDefinition method)
    {
        /// <summary>Type and method as written: <c>Orders.Features.PlaceOrder.PlaceAsync</c>.</summary>
        public string Place()
        {
            var name = WrittenName(method.Name) ?? WrittenName(method.DeclaringType.Name) ?? method.Name;
            return name.StartsWith('.')
                ? method.DeclaringType.Place()
                : $"{method.DeclaringType.Place()}.{name}";
        }

        public IEnumerable<MethodReference> Calls() =>
            method.Body.Instructions.Select(instruction => instruction.Operand).OfType<MethodReference>();
    }

    extension(MethodReference call)
    {
        public bool Is(string type, string name) => call.Name == name && call.DeclaringType.FullName == type;
    }

    /// <summary><c>&lt;PlaceAsync&gt;d__3</c> is the compiler's for <c>PlaceAsync</c>.</summary>
    private static string? WrittenName(string name)
    {
        var end = name.IndexOf('>', StringComparison.Ordinal);
        var start = name.LastIndexOf('<', Math.Max(end, 0));
        return start >= 0 && end > start + 1 ? name[(start + 1)..end] : null;
    }
}
