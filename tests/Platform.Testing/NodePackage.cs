using System.ComponentModel;
using System.Diagnostics;

namespace Platform.Testing;

/// <summary>
/// A folder with a <c>package.json</c>, whose packages are installed before it is first used. It wants Node.js, which a
/// developer's machine may lack and CI must have.
/// </summary>
/// <param name="folder">The folder; its lock file says what is installed.</param>
public sealed class NodePackage(string folder)
{
    private readonly Lazy<Task<string?>> _missing = new(() => InstallAsync(folder));

    /// <summary>Where it is.</summary>
    public string Folder => folder;

    /// <summary>Skips the test where it cannot be had.</summary>
    public async Task RequireAsync() => SkipTestException.ThrowIf(await _missing.Value);

    /// <summary>Runs a program in the folder to its end.</summary>
    /// <returns>Its exit code, and what it said on both outputs.</returns>
    public Task<(int Code, string Said)> RunAsync(string program, params IReadOnlyList<string> arguments) =>
        RunAsync(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder });

    /// <inheritdoc cref="RunAsync(string, IReadOnlyList{string})"/>
    public static async Task<(int Code, string Said)> RunAsync(ProcessStartInfo start)
    {
        ArgumentNullException.ThrowIfNull(start);
        (start.UseShellExecute, start.RedirectStandardOutput, start.RedirectStandardError) = (
            false,
            true,
            true
        );
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, (output + await errors).Trim());
    }

    /// <summary>Why it cannot be had; null when it can. What was installed for this lock file is taken as it is.</summary>
    private static async Task<string?> InstallAsync(string folder)
    {
        var installed = new FileInfo(Path.Combine(folder, "node_modules", ".package-lock.json"));
        var wanted = new FileInfo(Path.Combine(folder, "package-lock.json"));
        if (installed.Exists && installed.LastWriteTimeUtc >= wanted.LastWriteTimeUtc)
            return null;
        string[] quietly = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
        try
        {
            var (code, said) = await RunAsync(
                new ProcessStartInfo("npm", quietly) { WorkingDirectory = folder }
            );
            return code == 0 ? null : $"'npm ci' in {folder} failed: {said}";
        }
        catch (Win32Exception)
        {
            return $"Node.js and npm are not installed, which {folder} wants.";
        }
    }
}
