using System.Diagnostics;

namespace Host.Tests.Running;

/// <summary>A folder on a disk of its own, in memory and small enough to be filled.</summary>
internal sealed class FullableDisk : IDisposable
{
    private readonly string _path;
    private readonly string _filler;

    private FullableDisk(string path) => (_path, _filler) = (path, Path.Combine(path, "filler"));

    /// <summary>Null where this user may not mount one.</summary>
    public static FullableDisk? TryMount(string path) =>
        OperatingSystem.IsLinux()
        && Environment.UserName == "root"
        && Run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", path)
            ? new FullableDisk(path)
            : null;

    public void Fill()
    {
        var block = new byte[4096];
        using var filler = new FileStream(
            _filler,
            FileMode.Append,
            FileAccess.Write,
            FileShare.None,
            bufferSize: 0
        );
        try
        {
            while (true)
                filler.Write(block);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void MakeRoom() => File.Delete(_filler);

    public void Dispose() => Run("umount", "--lazy", _path);

    private static bool Run(string program, params IReadOnlyList<string> arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { UseShellExecute = false }
        )!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
