using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace KubeSim.Tests.Tidy;

/// <summary>The types, members and signatures that a method body names.</summary>
internal static class Instructions
{
    private const byte TwoByteCode = 0xFE;

    private static readonly Dictionary<int, OperandType> Operands = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value & 0xFFFF, code => code.OperandType);

    public static IEnumerable<EntityHandle> Tokens(BlobReader il)
    {
        var tokens = new List<EntityHandle>();
        while (il.RemainingBytes > 0)
        {
            int code = il.ReadByte();
            if (code == TwoByteCode) code = (TwoByteCode << 8) | il.ReadByte();
            OperandType operand = Operands[code];
            if (operand is OperandType.InlineTok or OperandType.InlineType or OperandType.InlineMethod or OperandType.InlineField)
                tokens.Add((EntityHandle)MetadataTokens.Handle(il.ReadInt32()));
            else if (operand == OperandType.InlineSwitch)
                SkipTargets(ref il);
            else
                il.Offset += Size(operand);
        }

        return tokens;
    }

    private static void SkipTargets(ref BlobReader il)
    {
        // In a statement of its own: reading moves the offset to which it is added.
        int targets = il.ReadInt32();
        il.Offset += targets * sizeof(int);
    }

    private static int Size(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };
}
