using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Architecture.Tests.Codebase;

/// <summary>Finds where an argument of a call comes from, by walking the instructions back from it.</summary>
internal static class StackReading
{
    /// <summary>The instruction that pushed the call's argument; null when it cannot be told.</summary>
    public static Instruction? Argument(Instruction call, int index)
    {
        var above = ((MethodReference)call.Operand).Parameters.Count - 1 - index;
        return Producer(call.Previous, above);
    }

    /// <summary>The method in a delegate that is made on the spot; null for any other value.</summary>
    public static MethodReference? MethodIn(Instruction? value) =>
        value?.OpCode == OpCodes.Newobj
        && value.Previous is { Operand: MethodReference method } function
        && function.OpCode.Code is Code.Ldftn or Code.Ldvirtftn
            ? method
            : null;

    /// <param name="from">Where to begin.</param>
    /// <param name="above">How many values lie on the wanted one.</param>
    private static Instruction? Producer(Instruction? from, int above)
    {
        for (var instruction = from; instruction is not null; instruction = instruction.Previous)
        {
            if (
                instruction.OpCode.FlowControl
                is FlowControl.Branch
                    or FlowControl.Return
                    or FlowControl.Throw
            )
                return null;
            var pushed = Pushed(instruction);
            if (above < pushed)
            {
                if (instruction.OpCode != OpCodes.Dup)
                    return instruction;
                above = 0;
                continue;
            }
            above += Popped(instruction) - pushed;
        }
        return null;
    }

    private static int Pushed(Instruction instruction) =>
        instruction.OpCode.StackBehaviourPush switch
        {
            StackBehaviour.Push0 => 0,
            StackBehaviour.Push1_push1 => 2,
            StackBehaviour.Varpush => IsVoid((MethodReference)instruction.Operand) ? 0 : 1,
            _ => 1,
        };

    private static int Popped(Instruction instruction) =>
        instruction.OpCode.StackBehaviourPop switch
        {
            StackBehaviour.Pop0 => 0,
            StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
            StackBehaviour.Popi_popi_popi
            or StackBehaviour.Popref_popi_popi
            or StackBehaviour.Popref_popi_popi8
            or StackBehaviour.Popref_popi_popr4
            or StackBehaviour.Popref_popi_popr8
            or StackBehaviour.Popref_popi_popref => 3,
            StackBehaviour.Varpop => Arguments(instruction),
            _ => 2,
        };

    private static int Arguments(Instruction instruction) =>
        instruction.Operand is MethodReference call
            ? call.Parameters.Count + (call.HasThis && instruction.OpCode != OpCodes.Newobj ? 1 : 0)
            : 0;

    private static bool IsVoid(MethodReference call) => call.ReturnType.FullName == "System.Void";
}
