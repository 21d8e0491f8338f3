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
        build.Replace($"{contracts}.dll", Encoding.Unicode, alias);
        // The code that calls its handler is named by it.
        build.Replace("Host.dll", Encoding.UTF8, alias.Replace('.', '_').Replace('-', '_'));
        return build;
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Makes a name of version 1 one of version 9 wherever it stands; constants and names lie in an assembly as they are.</summary>
    private void Replace(string assembly, Encoding encoding, string name)
    {
        var file = Path.Combine(_folder.Path, assembly);
        var (bytes, wanted, other) = (
            File.ReadAllBytes(file),
            encoding.GetBytes(name),
            encoding.GetBytes($"{name[..^1]}9")
        );
        var (at, found) = (0, 0);
        while (bytes.AsSpan(at).IndexOf(wanted) is >= 0 and var next)
        {
            other.CopyTo(bytes, at + next);
            (at, found) = (at + next + wanted.Length, found + 1);
        }
        found.ShouldBeGreaterThan(0, $"{assembly} has no '{name}'");
        File.WriteAllBytes(file, bytes);
    }
}
