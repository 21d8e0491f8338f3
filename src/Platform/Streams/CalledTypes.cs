using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace Platform.Streams;

/// <summary>Which types' methods and constructors a type calls, read from its compiled code.</summary>
internal static class CalledTypes
{
    private const BindingFlags All =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>Those that it calls itself or in the types that the compiler made of its async methods.</summary>
    public static HashSet<Type> Of(Type type) =>
        [
            .. type.GetNestedTypes(All)
                .Append(type)
                .SelectMany(part => part.GetMethods(All))
                .SelectMany(Calls)
                .Select(call => call.DeclaringType)
                .OfType<Type>(),
        ];

    private static IEnumerable<MethodBase> Calls(MethodInfo method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        var at = 0;
        while (at < code.Length)
        {
            var value = code[at] == 0xFE ? (short)(0xFE00 | code[at + 1]) : code[at];
            var instruction = OpCodesByValue[value];
            at += instruction.Size;
            if (instruction.OperandType == OperandType.InlineMethod)
            {
                var token = BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(at));
                if (method.Module.ResolveMethod(token, GenericsOf(method), null) is { } called)
                    yield return called;
            }
            at += LengthOf(instruction.OperandType, code, at);
        }
    }

    private static Type[]? GenericsOf(MethodInfo method) => method.DeclaringType?.GetGenericArguments();

    private static int LengthOf(OperandType operand, byte[] code, int at) =>
        operand switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
            OperandType.InlineVar => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            OperandType.InlineSwitch => 4 + 4 * BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(at)),
            _ => 4,
        };
}
