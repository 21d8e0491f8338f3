using System.Text;

namespace System.Tests.Running;

/// <summary>
/// The host as it was before an event was thought of: a copy of the built one in whose contracts the event has another
/// alias, so that what is said by its own is unknown there.
/// </summary>
internal sealed class OlderBuild : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private OlderBuild() { }

    /// <summary>What is started.</summary>
    public string Assembly => Path.Combine(_folder.Path, Path.GetFileName(Repository.HostAssembly));

    /// <summary>Makes one.</summary>
    /// <param name="alias">The alias that it does not know, of version 1, such as <c>orders.order-delivered.v1</c>.</param>
    /// <param name="contracts">The assembly that has it.</param>
    public static OlderBuild Without(string alias, string contracts)
    {
        var build = new OlderBuild();
        var folder = Path.GetDirectoryName(Repository.HostAssembly)!;
        foreach (var file in Directory.EnumerateFiles(folder))
            File.Copy(file, Path.Combine(build._folder.Path, Path.GetFileName(file)));
        foreach (var natives in Directory.EnumerateDirectories(folder))
            Directory.CreateSymbolicLink(
                Path.Combine(build._folder.Path, Path.GetFileName(natives)),
                natives
            );
        build.Replace(contracts, alias, alias[..^1] + "9");
        return build;
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Constants lie in an assembly as they are, in UTF-16.</summary>
    private void Replace(string assembly, string text, string other)
    {
        var file = Path.Combine(_folder.Path, $"{assembly}.dll");
        var bytes = File.ReadAllBytes(file);
        var at = bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(text));
        at.ShouldBeGreaterThan(0, $"{assembly} has no '{text}'");
        Encoding.Unicode.GetBytes(other).CopyTo(bytes, at);
        File.WriteAllBytes(file, bytes);
    }
}
