using Architecture.Tests.Codebase;
using Platform.Testing;

namespace Architecture.Tests.Contracts;

/// <summary>The parser that AsyncAPI itself maintains, in <c>tests/AsyncApi</c>.</summary>
internal static class AsyncApiParser
{
    private static readonly NodePackage Package = new(Path.Combine(Repository.Root, "tests", "AsyncApi"));

    /// <summary>What is wrong with a document; empty when nothing is.</summary>
    public static async Task<string> ComplaintsOfAsync(string document)
    {
        await Package.RequireAsync();
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.CreateVersion7()}.json");
        await File.WriteAllTextAsync(file, document);
        try
        {
            var (code, said) = await Package.RunAsync("node", "validate.mjs", file);
            (code == 0).ShouldBe(said.Length == 0, said);
            return said.Replace($"{file} ", "", StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
