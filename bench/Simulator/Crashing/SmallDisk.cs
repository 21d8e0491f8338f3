using System.Diagnostics;
using System.Globalization;

namespace Simulator.Crashing;

/// <summary>
/// A file system of its own in memory, small enough to be filled. Only root may mount one; nobody else can have a
/// full disk without filling somebody's.
/// </summary>
internal sealed class SmallDisk : IDisposable
{
    private const int BlockSize = 64 * 1024;

    private readonly string _filler;

    private SmallDisk(string path) => (Path, _filler) = (path, System.IO.Path.Combine(path, "filler"));

    public string Path { get; }

    /// <summary>Mounts it.</summary>
    /// <param name="path">An empty folder.</param>
    /// <param name="megabytes">Its size.</param>
    /// <param name="refusal">Why there is none.</param>
    /// <returns>Null when this machine or user cannot have one.</returns>
    public static SmallDisk? TryMount(string path, int megabytes, out string? refusal)
    {
        refusal = null;
        if (!OperatingSystem.IsLinux() || Environment.UserName != "root")
        {
            refusal = "Only root on Linux may mount a disk that is small enough to be filled.";
            return null;
        }
        Directory.CreateDirectory(path);
        var size = string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m");
        var failure = Run("mount", "-t", "tmpfs", "-o", size, "tmpfs", path);
        if (failure is null)
            return new SmallDisk(path);
        refusal = $"No disk that is small enough to be filled could be mounted: {failure}";
        return null;
    }

    /// <summary>Writes until nothing more fits.</summary>
    public void Fill()
    {
        var block = new byte[BlockSize];
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

    /// <summary>Takes it off, with all that is on it.</summary>
    public void Dispose() => Run("umount", "--lazy", Path);

    private static string? Run(string program, params IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : errors.Trim();
    }
}
