using System.Reflection.Metadata;

namespace Architecture.Tests.Codebase;

/// <summary>
/// Reads from a symbol file what the compiler was given. A constant or <c>nameof</c> of a referenced assembly
/// leaves no trace in the compiled code, and the reference itself is dropped when nothing else uses it; here
/// it still stands.
/// </summary>
internal static class CompilerInput
{
    private static readonly Guid MetadataReferences = new("7E4D4708-096E-4C5C-AEDA-CB10BA6A740D");

    public static IReadOnlyList<string> ReferencesOf(string symbolFile)
    {
        using var stream = File.OpenRead(symbolFile);
        using var provider = MetadataReaderProvider.FromPortablePdbStream(stream);
        var symbols = provider.GetMetadataReader();
        return
        [
            .. symbols
                .CustomDebugInformation.Select(symbols.GetCustomDebugInformation)
                .Where(information => symbols.GetGuid(information.Kind) == MetadataReferences)
                .SelectMany(information => Names(symbols.GetBlobReader(information.Value))),
        ];
    }

    private static List<string> Names(BlobReader blob)
    {
        var names = new List<string>();
        while (blob.RemainingBytes > 0)
        {
            names.Add(Path.GetFileNameWithoutExtension(Text(ref blob)));
            _ = Text(ref blob);
            blob.Offset += sizeof(byte) + sizeof(int) + sizeof(int) + 16;
        }
        return names;
    }

    private static string Text(ref BlobReader blob)
    {
        var text = blob.ReadUTF8(blob.IndexOf(0));
        blob.Offset++;
        return text;
    }
}
